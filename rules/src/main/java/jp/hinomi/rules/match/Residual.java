package jp.hinomi.rules.match;

import java.util.List;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.ValueTest;

/**
 * The tests of a predicate that no index settles: they are evaluated last, and only for rules that are awake.
 *
 * @param guarded tests that require a literal, so they can only hold when the automaton has seen one
 * @param unguarded all others
 */
record Residual(EventField field, List<ValueTest> guarded, List<ValueTest> unguarded) {
    boolean holds(SecurityEvent event, boolean literalSeen) {
        if (unguarded.isEmpty() && !literalSeen) {
            return false;
        }
        Object value = field.read(event);
        if (value == null) {
            return false;
        }
        return anyHolds(unguarded, value, event) || literalSeen && anyHolds(guarded, value, event);
    }

    private static boolean anyHolds(List<ValueTest> tests, Object value, SecurityEvent event) {
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).holdsForAny(value, event)) {
                return true;
            }
        }
        return false;
    }
}
