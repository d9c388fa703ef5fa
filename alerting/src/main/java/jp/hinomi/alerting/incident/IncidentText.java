package jp.hinomi.alerting.incident;

import java.util.stream.Collectors;
import jp.hinomi.alerting.text.VisibleText;

/**
 * Text that people and logs bring into incidents and reports, made harmless once, where it comes in: what hides or turns its
 * neighbours around is made visible; lines stay lines. Stateless and thread-safe.
 */
public final class IncidentText {
    private IncidentText() {}

    /** Several lines; ends of lines become LF, blank ends go. */
    public static String clean(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .lines()
                .map(line -> VisibleText.plain(line, Integer.MAX_VALUE).stripTrailing())
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** One line. */
    public static String line(String text) {
        return VisibleText.plain(text, Integer.MAX_VALUE).strip();
    }

    /** The beginning, and how much is missing. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "… (+" + (text.length() - end) + ")";
    }
}
