package jp.hinomi.rules.detection;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/** The value equals, begins with, ends with or contains a value of another field of the same event. */
public record FieldReference(EventField other, boolean startsAnywhere, boolean endsAnywhere, boolean cased)
        implements ValueTest {
    public FieldReference {
        Objects.requireNonNull(other, "other");
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        Object referred = other.read(event);
        if (referred instanceof List<?> list) {
            for (Object element : list) {
                if (fits(value, element)) {
                    return true;
                }
            }
            return false;
        }
        return referred != null && fits(value, referred);
    }

    private boolean fits(Object value, Object referred) {
        if (!startsAnywhere && !endsAnywhere && value instanceof Number a && referred instanceof Number b) {
            return Numbers.compare(a, b) == Numbers.EQUAL;
        }
        TextPattern pattern = TextPattern.plain(referred.toString());
        if (startsAnywhere) {
            pattern = pattern.startingAnywhere();
        }
        if (endsAnywhere) {
            pattern = pattern.endingAnywhere();
        }
        return pattern.matches(value.toString(), cased);
    }
}
