package jp.hinomi.ingest.decode.cisco;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Ascii;

/**
 * The audit log of a Firepower Management Center: {@code fmc-1: admin@192.0.2.10, Devices > Platform Settings, Page View}, behind
 * the program that wrote it. Stateless.
 */
final class ManagementAudit {
    private static final Field SECTION = Fields.of("cisco.ftd.section");
    private static final int MAX_NAME = 255;

    private ManagementAudit() {}

    /** @return false if it is no such line, and nothing is put */
    static boolean describe(String text, int from, EventDraft event) {
        int colon = text.indexOf(": ", from);
        int at = text.indexOf('@', from);
        int comma = text.indexOf(", ", from);
        if (colon <= from
                || at < colon
                || comma < at
                || at - from > MAX_NAME
                || text.substring(from, colon).indexOf(' ') >= 0) {
            return false;
        }
        int end = end(text, comma);
        int last = text.lastIndexOf(", ", end - 1);
        String what = text.substring(last + 2, end).strip();
        String section = last > comma ? text.substring(comma + 2, last).strip() : what;
        event.hostName(text.substring(from, colon));
        event.user(text.substring(colon + 2, at).strip());
        event.ip(Fields.SOURCE_IP, text.substring(at + 1, comma));
        if (event.get(Fields.SOURCE_IP) != null) {
            event.put(Fields.SOURCE_ADDRESS, event.get(Fields.SOURCE_IP));
        }
        event.text(SECTION, section).text(Fields.MESSAGE, text.substring(from, end));
        classify(what, event);
        return true;
    }

    /** The lines end with escaped control characters, or with NUL itself. */
    private static int end(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= ' ') {
            end++;
        }
        return end;
    }

    private static void classify(String what, EventDraft event) {
        String lower = Ascii.lower(what);
        if (lower.startsWith("login") || lower.startsWith("logout")) {
            boolean in = lower.startsWith("login");
            boolean failed = lower.contains("fail");
            event.action(in ? failed ? "logon-failed" : "logged-in" : "logged-out");
            event.classify("authentication", in ? "start" : "end").outcome(!failed);
        } else if (lower.startsWith("page view") || lower.startsWith("view ")) {
            event.action("page-view").classify("configuration", "access");
        } else {
            int words = lower.indexOf(':');
            event.action((words < 0 ? lower : lower.substring(0, words)).strip().replace(' ', '-'));
            event.classify("configuration", "change");
        }
    }
}
