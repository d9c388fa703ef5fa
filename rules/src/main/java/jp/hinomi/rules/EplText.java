package jp.hinomi.rules;

import java.util.Objects;
import jp.hinomi.events.document.Location;

/**
 * A statement in EPL as a rule carries it: this module neither reads nor runs it.
 *
 * @param text not blank
 * @param at where the text begins in the rule file; column 0 where its columns are not those of the file
 */
public record EplText(String text, Location at) {
    public EplText {
        Objects.requireNonNull(at, "at");
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty statement");
        }
    }

    /** The place in the rule file of a character of the text. @param offset from 0; beyond the end it is that of the end */
    public Location at(int offset) {
        int end = Math.min(Math.max(0, offset), text.length());
        int lines = 0;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                lines++;
                lineStart = i + 1;
            }
        }
        boolean columns = at.column() > 0 && lines == 0;
        return new Location(at.file(), at.line() + lines, columns ? at.column() + end - lineStart : 0);
    }
}
