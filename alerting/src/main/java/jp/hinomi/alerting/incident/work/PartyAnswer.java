package jp.hinomi.alerting.incident.work;

import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.incident.Party;

/**
 * Where a party stands.
 *
 * @param toldAt when the first notice about an alert of the incident left to it
 * @param answer of the last answer; absent while none came
 * @param by contact or account that gave it
 */
public record PartyAnswer(
        Party party, Optional<Instant> toldAt, Optional<String> answer, Optional<Instant> at, String by) {
    /** Told, and silent. */
    public boolean isWaitedFor() {
        return toldAt.isPresent() && answer.isEmpty();
    }
}
