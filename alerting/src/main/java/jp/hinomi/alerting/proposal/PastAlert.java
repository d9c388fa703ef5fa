package jp.hinomi.alerting.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.learning.Weight;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.events.SecurityEvent;

/**
 * A stored alert, with what it was judged.
 *
 * @param count how many events it had; may exceed the evidence that is kept
 * @param evidence what is kept, in the order of time
 */
public record PastAlert(
        String id, Instant raisedAt, Optional<Verdict> verdict, String group, long count, List<Evidence> evidence) {
    /** @param matched names of the rules that the event matched */
    public record Evidence(SecurityEvent event, Set<String> matched) {
        public Evidence {
            matched = Set.copyOf(matched);
        }
    }

    public PastAlert {
        evidence = List.copyOf(evidence);
    }

    public Weight weight() {
        return verdict.map(Weight::of).orElse(Weight.NONE);
    }

    /** Without what only the judgement of it needs. */
    PastAlert withoutEvidence() {
        return new PastAlert(id, raisedAt, verdict, group, count, List.of());
    }
}
