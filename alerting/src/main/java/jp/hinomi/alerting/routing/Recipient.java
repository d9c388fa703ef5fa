package jp.hinomi.alerting.routing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;

/**
 * One contact that is told, once, however many reasons there are.
 *
 * @param resources ids of what makes this contact concerned; of an alert that it may not see whole, it learns of these
 * @param reasons "why did I get this?", at least one
 */
public record Recipient(
        Stakeholder stakeholder,
        Contact contact,
        Disclosure disclosure,
        Set<String> resources,
        List<Bilingual> reasons) {
    public Recipient {
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(disclosure, "disclosure");
        resources = java.util.Collections.unmodifiableSet(new TreeSet<>(resources));
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("nobody is told without a reason: " + contact.id());
        }
    }

    /** The most restricted information that may go to it that way: the least of stakeholder, contact and channel. */
    public Tlp clearance(Channel channel) {
        Tlp least = stakeholder.maxTlp();
        for (Optional<Tlp> own : List.of(contact.maxTlp(), channel.maxTlp())) {
            if (own.isPresent() && own.get().compareTo(least) < 0) {
                least = own.get();
            }
        }
        return least;
    }

    /** The same, seeing what may go over that channel of an alert with that label. */
    public Recipient over(Tlp label, Channel channel) {
        return new Recipient(stakeholder, contact, Disclosure.of(label, clearance(channel)), resources, reasons);
    }
}
