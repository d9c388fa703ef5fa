package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleFilter;

/**
 * Counts suppressed matches until somebody takes the counts, which add up: a subtask that hands them on before each barrier
 * loses none and counts none twice. Not thread-safe.
 */
public final class SuppressedCounts {
    /** Counts that are held at most: exceptions by rule and hour. */
    private static final int MOST = 10_000;

    private static final long HOUR = 3_600_000;

    private final Map<Key, Suppressed> counts = new LinkedHashMap<>();

    private record Key(String rule, String filter, long hour) {}

    /** @param by the exceptions that cover the event; at least one */
    public void add(DetectionRule rule, Collection<RuleFilter> by, SecurityEvent event) {
        long time = event.correlationMillis();
        String name = rule.info().name();
        add(name, "", time);
        by.forEach(filter -> add(name, filter.name(), time));
    }

    private void add(String rule, String filter, long time) {
        long hour = Math.floorDiv(time, HOUR);
        counts.merge(new Key(rule, filter, hour), new Suppressed(rule, filter, hour, 1, time), Suppressed::plus);
    }

    public boolean isFull() {
        return counts.size() >= MOST;
    }

    /** Hands out what was counted since the last time. */
    public void take(Consumer<Suppressed> out) {
        if (!counts.isEmpty()) {
            List<Suppressed> taken = new ArrayList<>(counts.values());
            counts.clear();
            taken.forEach(out);
        }
    }
}
