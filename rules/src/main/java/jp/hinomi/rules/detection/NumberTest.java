package jp.hinomi.rules.detection;

import jp.hinomi.events.SecurityEvent;

/** The value is that number, or text that writes it the shortest way. */
public record NumberTest(Number number) implements ValueTest {
    public NumberTest {
        if (!(number instanceof Long) && !(number instanceof Double)) {
            throw new IllegalArgumentException("numbers are Long or Double, not " + number.getClass());
        }
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        if (value instanceof Number other) {
            return Numbers.compare(other, number) == Numbers.EQUAL;
        }
        return value.toString().equals(number.toString());
    }
}
