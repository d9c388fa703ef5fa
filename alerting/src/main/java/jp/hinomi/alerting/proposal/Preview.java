package jp.hinomi.alerting.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.learning.Weight;

/**
 * What an exception would have done to the stored alerts of its rule.
 *
 * @param hidden those that would surely not have come: the worthwhile first, then the newest; without their evidence
 * @param perhaps those of which it cannot be told, in the same order
 * @param looked how many were looked at
 * @param stored how many there are; those beyond {@code looked} are older
 * @param since when the oldest that was looked at was raised; absent if there is none
 */
public record Preview(
        List<PastAlert> hidden, List<PastAlert> perhaps, long looked, long stored, Optional<Instant> since) {
    private static final Comparator<PastAlert> WORST_FIRST = Comparator.<PastAlert, Boolean>comparing(
                    alert -> alert.weight() != Weight.WORTHWHILE)
            .thenComparing(PastAlert::raisedAt, Comparator.reverseOrder())
            .thenComparing(PastAlert::id);

    public Preview {
        hidden = List.copyOf(hidden);
        perhaps = List.copyOf(perhaps);
    }

    static Preview of(String rule, PastAlerts alerts, Hindsight hindsight) {
        List<PastAlert> hidden = new ArrayList<>();
        List<PastAlert> perhaps = new ArrayList<>();
        long[] looked = {0};
        Instant[] since = {null};
        long stored = alerts.walk(rule, alert -> {
            looked[0]++;
            since[0] = since[0] == null || alert.raisedAt().isBefore(since[0]) ? alert.raisedAt() : since[0];
            switch (hindsight.of(alert)) {
                case HIDDEN -> hidden.add(alert.withoutEvidence());
                case PERHAPS -> perhaps.add(alert.withoutEvidence());
                case KEPT -> {}
            }
        });
        hidden.sort(WORST_FIRST);
        perhaps.sort(WORST_FIRST);
        return new Preview(hidden, perhaps, looked[0], stored, Optional.ofNullable(since[0]));
    }

    /** Alerts that showed something, and that one would surely not have heard of. */
    public long worthwhile() {
        return hidden.stream()
                .filter(alert -> alert.weight() == Weight.WORTHWHILE)
                .count();
    }

    public long perhapsWorthwhile() {
        return perhaps.stream()
                .filter(alert -> alert.weight() == Weight.WORTHWHILE)
                .count();
    }

    /** Whether the alert is among those that would not have come. */
    public boolean hides(String alert) {
        return hidden.stream().anyMatch(each -> each.id().equals(alert));
    }

    /** What somebody has seen who agrees to it: another one if other alerts would be hidden. */
    public String mark() {
        int alerts = 17;
        for (PastAlert alert : hidden) {
            alerts = 31 * alerts + alert.id().hashCode();
        }
        return hidden.size() + "-" + worthwhile() + "-" + perhaps.size() + "-" + Integer.toHexString(alerts);
    }
}
