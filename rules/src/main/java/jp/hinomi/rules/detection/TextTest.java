package jp.hinomi.rules.detection;

import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/** The value's text fits the pattern. Numbers and flags are compared by their text. */
public record TextTest(TextPattern pattern, boolean cased) implements ValueTest {
    public TextTest {
        Objects.requireNonNull(pattern, "pattern");
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        return pattern.matches(value.toString(), cased);
    }
}
