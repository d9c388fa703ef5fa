package jp.hinomi.rules.match;

import java.util.Collection;
import java.util.function.Consumer;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;

/** Thousands of detections, compiled together: says which of them hold for an event. Not thread-safe: one per operator. */
public final class DetectionMatcher {
    private DetectionMatcher() {}

    public static DetectionMatcher compile(Collection<DetectionRule> rules) {
        throw new IllegalStateException("written by the rules module's first issue");
    }

    /** Calls {@code matched} once for each rule that holds, in the order the rules were given. */
    public void match(SecurityEvent event, Consumer<DetectionRule> matched) {
        throw new IllegalStateException("written by the rules module's first issue");
    }
}
