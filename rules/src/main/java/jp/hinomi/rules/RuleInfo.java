package jp.hinomi.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Location;

/**
 * What every rule says about itself.
 *
 * @param id the UUID, or the name where the rule has none
 * @param name by which other rules refer to it: the {@code name} key, else the id
 * @param version first 12 hex digits of SHA-256 over the rule's content
 * @param title by language: {@code en} from {@code title} (or {@code ja} when it has Japanese letters), {@code ja} from {@code title_ja}
 * @param suppress how long more of the same extends the open alert; absent = the rule type's default
 * @param response first steps for the recipient, by language
 * @param generate true if the rule alerts on its own although a correlation refers to it
 */
public record RuleInfo(
        String id,
        String name,
        String version,
        Map<String, String> title,
        String status,
        Severity level,
        List<String> tags,
        Optional<Duration> suppress,
        Map<String, String> response,
        List<String> notEvaluableWithout,
        boolean generate,
        Location at) {
    public RuleInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(level, "level");
        title = Map.copyOf(title);
        tags = List.copyOf(tags);
        response = Map.copyOf(response);
        notEvaluableWithout = List.copyOf(notEvaluableWithout);
    }
}
