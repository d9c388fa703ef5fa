package jp.hinomi.alerting.ack;

import java.util.Objects;
import java.util.Optional;

/**
 * Who answers.
 *
 * @param via {@code link}, {@code chat}, {@code console} or {@code api}
 * @param name what people read: of a contact its id, of an account its name
 * @param contact absent if an account answers for itself
 * @param byAccount who writes it down, if that is not the contact itself
 * @param mayTakeOver whether it may end every escalation of an alert
 */
public record Answerer(
        String via,
        String name,
        Optional<String> contact,
        Optional<String> stakeholder,
        Optional<String> byAccount,
        boolean mayTakeOver) {
    public Answerer {
        Objects.requireNonNull(via, "via");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(byAccount, "byAccount");
    }

    /** A contact that follows its link. */
    public static Answerer contact(String via, String contact, String stakeholder) {
        return new Answerer(via, contact, Optional.of(contact), Optional.of(stakeholder), Optional.empty(), false);
    }

    /** Somebody with a login. @param mayTakeOver whether it watches for the city, or leads its response */
    public static Answerer account(String via, String name, boolean mayTakeOver) {
        return new Answerer(via, name, Optional.empty(), Optional.empty(), Optional.empty(), mayTakeOver);
    }

    /** Somebody with a login who writes down what a contact said. */
    public static Answerer forContact(String via, String account, String contact, String stakeholder) {
        return new Answerer(via, contact, Optional.of(contact), Optional.of(stakeholder), Optional.of(account), false);
    }

    String actor() {
        return byAccount
                .map(account -> "account:" + account)
                .orElseGet(() -> (contact.isPresent() ? "contact:" : "account:") + name);
    }

    /** Whether that answer is one of theirs. */
    boolean gave(Given given) {
        return contact.isPresent()
                ? contact.equals(given.contact())
                : given.contact().isEmpty() && name.equals(given.actor());
    }
}
