package jp.hinomi.rules.match;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.route.EventKind;
import jp.hinomi.rules.route.LogsourceTable;

/** Thousands of detections, compiled together: says which of them hold for an event. Not thread-safe: one per operator. */
public final class DetectionMatcher {
    private final List<DetectionRule> rules;

    private DetectionMatcher(List<DetectionRule> rules) {
        this.rules = rules;
    }

    public static DetectionMatcher compile(Collection<DetectionRule> rules) {
        return new DetectionMatcher(List.copyOf(rules));
    }

    /** Calls {@code matched} once for each rule that holds, in the order the rules were given. */
    public void match(SecurityEvent event, Consumer<DetectionRule> matched) {
        EventKind kind = EventKind.of(event);
        for (DetectionRule rule : rules) {
            if (LogsourceTable.standard().accepts(rule.logsource(), kind)
                    && rule.condition().holds(event)) {
                matched.accept(rule);
            }
        }
    }
}
