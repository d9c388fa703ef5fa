package jp.hinomi.city;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.hinomi.events.Tlp;

/**
 * An organisation with a part in the city: an entry of {@code stakeholders.yaml}.
 *
 * @param name by language ({@code ja}, {@code en}); at least one
 * @param locale language of what it is sent: {@code ja} or {@code en}
 * @param maxTlp the most restricted information that it may receive
 */
public record Stakeholder(
        String id, Map<String, String> name, Role role, String locale, Tlp maxTlp, List<Contact> contacts) {
    public Stakeholder {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(locale, "locale");
        Objects.requireNonNull(maxTlp, "maxTlp");
        name = Map.copyOf(name);
        contacts = List.copyOf(contacts);
    }

    /** The name in that language, else in any. */
    public String name(String language) {
        return Names.in(name, language);
    }
}
