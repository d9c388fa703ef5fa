package jp.hinomi.ingest.intel;

import java.util.List;
import jp.hinomi.events.SecurityEvent;

/**
 * A STIX pattern, read: comparisons joined by AND and OR, inside square brackets or between them; to one event the two
 * mean the same. Immutable.
 */
sealed interface PatternExpression extends Residual
        permits Comparison, PatternExpression.All, PatternExpression.Any, PatternExpression.During {

    /** AND. */
    record All(List<PatternExpression> parts) implements PatternExpression {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(SecurityEvent event) {
            for (PatternExpression part : parts) {
                if (!part.holds(event)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** OR. */
    record Any(List<PatternExpression> parts) implements PatternExpression {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(SecurityEvent event) {
            for (PatternExpression part : parts) {
                if (part.holds(event)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** START … STOP: only events from the one, inclusive, to the other, exclusive; milliseconds since the epoch. */
    record During(PatternExpression inner, long start, long stop) implements PatternExpression {
        @Override
        public boolean holds(SecurityEvent event) {
            return start <= event.correlationMillis() && event.correlationMillis() < stop && inner.holds(event);
        }
    }
}
