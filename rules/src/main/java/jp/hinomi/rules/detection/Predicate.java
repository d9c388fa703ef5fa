package jp.hinomi.rules.detection;

import java.util.List;
import jp.hinomi.events.SecurityEvent;

/** A question about one field of an event. */
public sealed interface Predicate {
    EventField field();

    boolean holds(SecurityEvent event);

    /** The field is there, whatever its value. */
    record Present(EventField field) implements Predicate {
        @Override
        public boolean holds(SecurityEvent event) {
            return field.read(event) != null;
        }
    }

    /** One of the field's values passes one of the tests. An absent field passes none. */
    record FieldTest(EventField field, List<ValueTest> anyOf) implements Predicate {
        public FieldTest {
            anyOf = List.copyOf(anyOf);
            if (anyOf.isEmpty()) {
                throw new IllegalArgumentException("no value to compare " + field + " with");
            }
        }

        @Override
        public boolean holds(SecurityEvent event) {
            Object value = field.read(event);
            if (value == null) {
                return false;
            }
            for (ValueTest test : anyOf) {
                if (test.holdsForAny(value, event)) {
                    return true;
                }
            }
            return false;
        }
    }
}
