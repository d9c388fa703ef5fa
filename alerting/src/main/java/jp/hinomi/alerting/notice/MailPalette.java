package jp.hinomi.alerting.notice;

import jp.hinomi.events.Severity;

/**
 * Colours of a severity in HTML mail, which has no style sheets to count on.
 *
 * @param ink of text and bars, at least 4.5:1 on white
 * @param tint of backgrounds
 */
public record MailPalette(String ink, String tint) {
    static MailPalette of(Severity severity) {
        return switch (severity) {
            case CRITICAL -> new MailPalette("#a3123a", "#fbe9ee");
            case HIGH -> new MailPalette("#b93c0c", "#fdeee6");
            case MEDIUM -> new MailPalette("#8a5a00", "#fbf3df");
            case LOW -> new MailPalette("#1f5f99", "#e8f1f9");
            case INFORMATIONAL -> new MailPalette("#51606f", "#eef1f4");
        };
    }
}
