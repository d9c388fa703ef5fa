package jp.hinomi.alerting.incident.join;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import jp.hinomi.events.Tlp;

/**
 * An alert that may belong to a story.
 *
 * @param first time of its first event
 * @param last time of its last event
 * @param received when it first came here
 * @param parties who would get a part by it
 */
public record Newcomer(String alert, Instant first, Instant last, Instant received, Tlp tlp, Set<String> parties) {
    public Newcomer {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(received, "received");
        Objects.requireNonNull(tlp, "tlp");
        parties = Set.copyOf(parties);
    }
}
