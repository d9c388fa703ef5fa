package jp.hinomi.rules.match;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.route.LogsourceTable;

/**
 * Thousands of detections, compiled together: says which of them hold for an event, at a cost that follows what is in the
 * event rather than how many rules there are. Not thread-safe: one per operator; {@link #fork} shares the tables.
 */
public final class DetectionMatcher {
    private final CompiledDetections compiled;
    private final Map<Engine, Matching> matchings = new IdentityHashMap<>();

    /** Filters of the rule at hand that cover the event. */
    private final List<RuleFilter> covering = new ArrayList<>();

    private DetectionMatcher(CompiledDetections compiled) {
        this.compiled = compiled;
    }

    /** What exceptions keep from being a match. */
    @FunctionalInterface
    public interface Suppressions {
        /**
         * The rule's condition holds, and so does at least one filter that is in force at the event's time.
         *
         * @param by all of those filters; only valid during the call
         */
        void suppressed(DetectionRule rule, List<RuleFilter> by);
    }

    /** The days of exceptions are those of UTC. */
    public static DetectionMatcher compile(Collection<DetectionRule> rules) {
        return compile(rules, ZoneOffset.UTC);
    }

    /** @param zone in which the last day of an exception is a day */
    public static DetectionMatcher compile(Collection<DetectionRule> rules, ZoneId zone) {
        return new DetectionMatcher(new CompiledDetections(List.copyOf(rules), LogsourceTable.standard(), zone));
    }

    /** A matcher of the same rules for another thread. */
    public DetectionMatcher fork() {
        return new DetectionMatcher(compiled);
    }

    /** Calls {@code matched} once for each rule that holds, in the order the rules were given. */
    public void match(SecurityEvent event, Consumer<DetectionRule> matched) {
        match(event, matched, (rule, by) -> {});
    }

    /** As {@link #match(SecurityEvent, Consumer)}, and says what was suppressed. */
    public void match(SecurityEvent event, Consumer<DetectionRule> matched, Suppressions suppressions) {
        CompiledDetections.Route route = compiled.route(event);
        Engine engine = route.engine();
        Matching matching = matchings.computeIfAbsent(engine, Matching::new);
        engine.look(event, matching);
        long[] mask = route.mask();
        for (int word = 0; word < matching.words(); word++) {
            long awake = matching.awake(word) & (mask == null ? -1L : mask[word]);
            while (awake != 0) {
                int rule = (word << 6) + Long.numberOfTrailingZeros(awake);
                awake &= awake - 1;
                if (engine.holds(rule, matching)) {
                    if (engine.isFiltered(rule) && isSuppressed(engine, rule, matching)) {
                        suppressions.suppressed(engine.rule(rule), covering);
                    } else {
                        matched.accept(engine.rule(rule));
                    }
                }
            }
        }
    }

    private boolean isSuppressed(Engine engine, int rule, Matching matching) {
        covering.clear();
        engine.covering(rule, matching, covering);
        return !covering.isEmpty();
    }
}
