package jp.hinomi.alerting.ack;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer that was given.
 *
 * @param via {@code link}, {@code chat}, {@code console} or {@code api}
 * @param actor what people read: of a contact its id, of an account its name
 * @param late it came when it could change nothing any more
 * @param noted it is an acknowledgement of somebody whom no escalation asks
 * @param byAccount who wrote it down for the contact, for instance after a telephone call
 */
public record Given(
        Answer answer,
        String via,
        String actor,
        Optional<String> contact,
        Optional<String> stakeholder,
        String note,
        boolean late,
        boolean noted,
        Optional<String> byAccount,
        Instant at) {
    public Given {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(via, "via");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(byAccount, "byAccount");
    }

    /** Whether somebody took the alert with it. */
    public boolean takes() {
        return (answer == Answer.ACK || answer == Answer.TAKE_OVER) && !late && !noted;
    }
}
