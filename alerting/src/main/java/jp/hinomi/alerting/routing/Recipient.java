package jp.hinomi.alerting.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;

/**
 * One contact that is told, once, however many reasons there are.
 *
 * @param disclosure the most that it sees by the way, or any of the ways, that it is told
 * @param scope what makes this contact concerned
 * @param clearance the most restricted information that it may see, by the way that it is told; never above that of the contact
 * @param reasons "why did I get this?", at least one
 */
public record Recipient(
        Stakeholder stakeholder,
        Contact contact,
        Disclosure disclosure,
        Scope scope,
        List<Bilingual> reasons,
        Tlp clearance) {
    public Recipient {
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(disclosure, "disclosure");
        Objects.requireNonNull(scope, "scope");
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("nobody is told without a reason: " + contact.id());
        }
        clearance = least(clearance, stakeholder.maxTlp(), contact.maxTlp());
    }

    /** Of an alert with that label, told over whichever channels the contact has. */
    public static Recipient of(
            Tlp label, Stakeholder stakeholder, Contact contact, Scope scope, List<Bilingual> reasons) {
        Tlp most = widest(stakeholder, contact);
        return new Recipient(stakeholder, contact, Disclosure.of(label, most), scope, reasons, stakeholder.maxTlp());
    }

    /** The same, told in a way that may carry no more than that. */
    public static Recipient of(
            Tlp label, Stakeholder stakeholder, Contact contact, Scope scope, List<Bilingual> reasons, Tlp way) {
        Tlp clearance = least(way, stakeholder.maxTlp(), contact.maxTlp());
        return new Recipient(stakeholder, contact, Disclosure.of(label, clearance), scope, reasons, clearance);
    }

    /** The most restricted information that may go to it over any of its channels. */
    public Tlp widest() {
        return widest(stakeholder, contact);
    }

    private static Tlp widest(Stakeholder stakeholder, Contact contact) {
        return ways(stakeholder, contact).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** The most restricted information that may go to a contact over all of its channels alike. */
    public static Tlp leastClearance(Stakeholder stakeholder, Contact contact) {
        return ways(stakeholder, contact).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** The most restricted information that may go to a contact over that channel. */
    public static Tlp clearance(Stakeholder stakeholder, Contact contact, Channel channel) {
        Tlp own = least(stakeholder.maxTlp(), stakeholder.maxTlp(), contact.maxTlp());
        return least(own, own, channel.maxTlp());
    }

    private static Stream<Tlp> ways(Stakeholder stakeholder, Contact contact) {
        return contact.channels().isEmpty()
                ? Stream.of(least(stakeholder.maxTlp(), stakeholder.maxTlp(), contact.maxTlp()))
                : contact.channels().stream().map(channel -> clearance(stakeholder, contact, channel));
    }

    /** One channel, and how much of an alert goes over it. */
    public record Way(Channel channel, Disclosure disclosure) {}

    /** What goes over each of its channels of an alert with that label, in their order. */
    public List<Way> ways(Tlp label) {
        return contact.channels().stream()
                .map(channel -> new Way(channel, Disclosure.of(label, clearance(channel))))
                .toList();
    }

    /** Ids of what makes this contact concerned. */
    public Set<String> resources() {
        return scope.resources();
    }

    /** The most restricted information that may go to it that way: the least of stakeholder, contact and channel. */
    public Tlp clearance(Channel channel) {
        return least(clearance, clearance, channel.maxTlp());
    }

    private static Tlp least(Tlp one, Tlp other, Optional<Tlp> own) {
        Tlp least = one.compareTo(other) < 0 ? one : other;
        return own.filter(tlp -> tlp.compareTo(least) < 0).orElse(least);
    }

    /** Why, as far as it may see: of an alert without its evidence, it does not learn either who else was told. */
    public List<Bilingual> shownReasons() {
        return disclosure == Disclosure.FULL
                ? reasons
                : reasons.stream().map(Bilingual::withoutNames).toList();
    }

    /** The same, seeing what may go over that channel of an alert with that label. */
    public Recipient over(Tlp label, Channel channel) {
        Tlp there = clearance(channel);
        return new Recipient(stakeholder, contact, Disclosure.of(label, there), scope, reasons, there);
    }
}
