package jp.hinomi.alerting.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.city.schedule.HandOver;
import jp.hinomi.city.schedule.Schedule;

/** Which changes of duty people are to be told of now. Stateless. */
public final class DueHandOvers {
    /** After a stop they are told late, so long after the change; what is older helps nobody. */
    public static final Duration STALE = Duration.ofHours(1);

    private DueHandOvers() {}

    /** Those whose notice is due, from that long before the change as the schedule says until {@link #STALE} after it. */
    public static List<HandOver> of(Schedule schedule, Instant now) {
        return schedule.notice()
                .map(notice ->
                        schedule.handOvers(now.minus(STALE), now.plus(notice).plusNanos(1)))
                .orElse(List.of());
    }

    /** Who begins, and who ends: who stays on duty need not be told. */
    public static List<Change> changes(HandOver handOver) {
        List<Change> changes = new ArrayList<>();
        handOver.leaving().stream()
                .filter(contact -> !handOver.coming().contains(contact))
                .forEach(contact -> changes.add(new Change(contact, false)));
        handOver.coming().stream()
                .filter(contact -> !handOver.leaving().contains(contact))
                .forEach(contact -> changes.add(new Change(contact, true)));
        return changes;
    }

    /** @param comes false = they leave */
    public record Change(String contact, boolean comes) {}
}
