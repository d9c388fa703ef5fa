package jp.hinomi.ingest.decode.paloalto;

import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.Ascii;

/** Logs of type SYSTEM. What matters of many stands only in their description: who, and from where. */
final class SystemLogs {
    private SystemLogs() {}

    static void describe(LogType type, CsvRow row, String subtype, EventDraft event) {
        String id = type.get(row, "event.id").toLowerCase(Locale.ROOT);
        String description = type.get(row, "description");
        String lower = Ascii.lower(description);
        event.action(id.isEmpty() ? subtype : id);
        boolean administrator = lower.startsWith("user ") && lower.contains(" logged ");
        if (subtype.equals("auth")
                || id.contains("auth")
                || administrator
                || lower.contains("authenticated for user")) {
            event.classify("authentication", lower.contains("logged out") ? "end" : "start");
            outcome(id, lower, event);
            event.user(user(description, lower));
            event.source(address(description, lower));
            reason(description, lower, event);
        } else {
            event.classify("configuration", "info");
            if (subtype.equals("globalprotect") || subtype.equals("vpn")) {
                outcome(id, lower, event);
                event.user(user(description, lower));
                event.source(address(description, lower));
            }
        }
    }

    private static void outcome(String id, String description, EventDraft event) {
        if (id.contains("fail") || description.startsWith("failed") || description.contains(" failed")) {
            event.outcome(false);
        } else if (id.contains("succ")
                || description.contains("authenticated for user")
                || description.contains("logged in")
                || description.contains("logged out")
                || description.contains("succe")) {
            event.outcome(true);
        }
    }

    /** {@code … for user 'admin'.…}, {@code User admin logged in via …}, {@code … User name: carol, …}. */
    private static String user(String text, String lower) {
        int at = lower.indexOf("user '");
        if (at >= 0) {
            int end = text.indexOf('\'', at + 6);
            return end < 0 ? null : text.substring(at + 6, end);
        }
        at = lower.indexOf("user name: ");
        if (at >= 0) {
            return word(text, at + 11);
        }
        return lower.startsWith("user ") ? word(text, 5) : null;
    }

    /** {@code From: 203.0.113.7.} or {@code … from 203.0.113.7 using https}. */
    private static String address(String text, String lower) {
        int at = lower.lastIndexOf("from: ");
        int skip = 6;
        if (at < 0) {
            at = lower.lastIndexOf("from ");
            skip = 5;
        }
        String word = at < 0 ? null : word(text, at + skip);
        return Addresses.canonical(word);
    }

    private static void reason(String text, String lower, EventDraft event) {
        int at = lower.indexOf("reason: ");
        if (at >= 0) {
            int end = text.indexOf('.', at);
            event.text(
                    Fields.EVENT_REASON,
                    text.substring(at + 8, end < 0 ? text.length() : end).trim());
        }
    }

    /** Up to the next space, without the punctuation at its end. */
    private static String word(String text, int from) {
        int end = text.indexOf(' ', from);
        end = end < 0 ? text.length() : end;
        while (end > from && ".,;'\"".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = from;
        while (start < end && (text.charAt(start) == '\'' || text.charAt(start) == '"')) {
            start++;
        }
        return text.substring(start, end);
    }
}
