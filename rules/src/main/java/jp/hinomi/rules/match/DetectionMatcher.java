package jp.hinomi.rules.match;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.route.LogsourceTable;

/**
 * Thousands of detections, compiled together: says which of them hold for an event, at a cost that follows what is in the
 * event rather than how many rules there are. Not thread-safe: one per operator; {@link #fork} shares the tables.
 */
public final class DetectionMatcher {
    private final CompiledDetections compiled;
    private final Map<Engine, Matching> matchings = new IdentityHashMap<>();

    private DetectionMatcher(CompiledDetections compiled) {
        this.compiled = compiled;
    }

    public static DetectionMatcher compile(Collection<DetectionRule> rules) {
        return new DetectionMatcher(new CompiledDetections(List.copyOf(rules), LogsourceTable.standard()));
    }

    /** A matcher of the same rules for another thread. */
    public DetectionMatcher fork() {
        return new DetectionMatcher(compiled);
    }

    /** Calls {@code matched} once for each rule that holds, in the order the rules were given. */
    public void match(SecurityEvent event, Consumer<DetectionRule> matched) {
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
                    matched.accept(engine.rule(rule));
                }
            }
        }
    }
}
