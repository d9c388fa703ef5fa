package jp.hinomi.rules.detection;

import com.google.re2j.Pattern;
import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/**
 * The expression is found in the value's text. RE2 syntax, so the time is linear in the text; only the first {@link
 * #LONGEST_TEXT} characters are searched, so it is bounded too.
 */
public record RegexTest(Pattern pattern) implements ValueTest {
    /** Characters of a value that are searched: the slowest expressions take about 0.1 µs for each. */
    public static final int LONGEST_TEXT = 1 << 16;

    public RegexTest {
        Objects.requireNonNull(pattern, "pattern");
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        String text = value.toString();
        return pattern.matcher(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text)
                .find();
    }
}
