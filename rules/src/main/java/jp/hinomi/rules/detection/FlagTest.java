package jp.hinomi.rules.detection;

import jp.hinomi.events.SecurityEvent;

/** The value is {@code true} or {@code false}, as a flag or as text in any case. */
public record FlagTest(boolean flag) implements ValueTest {
    @Override
    public boolean holds(Object value, SecurityEvent event) {
        String word = Boolean.toString(flag);
        String text = value.toString();
        return text.length() == word.length() && Folding.standsAt(text, 0, word, false);
    }
}
