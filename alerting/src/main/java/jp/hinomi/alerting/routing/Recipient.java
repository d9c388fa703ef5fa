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
 * @param clearance the most restricted information that it may see, by the way that it is told; never above that of the contact
 * @param resources ids of what makes this contact concerned; of an alert that it may not see whole, it learns of these
 * @param reasons "why did I get this?", at least one
 */
public record Recipient(
        Stakeholder stakeholder,
        Contact contact,
        Disclosure disclosure,
        Set<String> resources,
        List<Bilingual> reasons,
        Tlp clearance) {
    public Recipient {
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(disclosure, "disclosure");
        resources = java.util.Collections.unmodifiableSet(new TreeSet<>(resources));
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("nobody is told without a reason: " + contact.id());
        }
        clearance = least(clearance, stakeholder.maxTlp(), contact.maxTlp());
    }

    /** Cleared as the contact is. */
    public Recipient(
            Stakeholder stakeholder,
            Contact contact,
            Disclosure disclosure,
            Set<String> resources,
            List<Bilingual> reasons) {
        this(stakeholder, contact, disclosure, resources, reasons, stakeholder.maxTlp());
    }

    /** The most restricted information that may go to it that way: the least of stakeholder, contact and channel. */
    public Tlp clearance(Channel channel) {
        return least(clearance, clearance, channel.maxTlp());
    }

    private static Tlp least(Tlp one, Tlp other, Optional<Tlp> own) {
        Tlp least = one.compareTo(other) < 0 ? one : other;
        return own.filter(tlp -> tlp.compareTo(least) < 0).orElse(least);
    }

    /** The same, seeing what may go over that channel of an alert with that label. */
    public Recipient over(Tlp label, Channel channel) {
        Tlp there = clearance(channel);
        return new Recipient(stakeholder, contact, Disclosure.of(label, there), resources, reasons, there);
    }
}
