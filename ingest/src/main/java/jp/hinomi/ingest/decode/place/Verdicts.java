package jp.hinomi.ingest.decode.place;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Ascii;

/**
 * What the words say that products of many vendors have for what they did, for formats that leave the classification to
 * the reader. Stateless.
 */
public final class Verdicts {
    private static final String[] DENIED = {
        "deny", "denied", "block", "drop", "reject", "reset", "prevent", "quarantine", "refuse", "clean", "delete"
    };

    private static final String[] ALLOWED = {
        "allow", "permit", "accept", "pass", "detect", "alert", "monitor", "forward", "log", "bypass"
    };

    private static final String[] ATTACKS = {
        "attack", "intrusion", "exploit", "ips", "ids", "scan", "flood", "dos", "threat"
    };
    private static final String[] MALWARE = {"malware", "virus", "trojan", "ransom", "botnet", "spyware"};
    private static final String[] LOGINS = {"login", "logon", "log on", "logged in", "authentication", "sign-in"};
    private static final String[] LOGOUTS = {"logout", "logoff", "log off", "logged out", "sign-out"};

    private Verdicts() {}

    /** Whether an action let something through; null if it says neither. */
    public static Boolean allowed(String action) {
        if (action == null) {
            return null;
        }
        String lower = Ascii.lower(action);
        return any(lower, DENIED) ? Boolean.FALSE : any(lower, ALLOWED) ? Boolean.TRUE : null;
    }

    /** {@code success} or {@code failure} of words such as {@code Succeeded}, {@code failed}; leaves the outcome otherwise. */
    public static void outcome(String word, EventDraft event) {
        String lower = word == null ? "" : Ascii.lower(word);
        if (lower.contains("fail") || lower.contains("error") || lower.contains("denied") || lower.equals("0")) {
            event.outcome(false);
        } else if (lower.contains("succ") || lower.equals("ok") || lower.equals("1")) {
            event.outcome(true);
        }
    }

    /**
     * Categories and types of an event that a product names: of logins, of attacks and malware, else of a connection where it
     * has two ends.
     *
     * @param name what the product calls it, with its category
     * @param action what was done; may be null
     */
    public static void classify(String name, String action, EventDraft event) {
        String lower = name.length() > 256 ? Ascii.lower(name.substring(0, 256)) : Ascii.lower(name);
        Boolean allowed = allowed(action);
        boolean ends = event.get(Fields.SOURCE_ADDRESS) != null && event.get(Fields.DESTINATION_ADDRESS) != null;
        String verdict = allowed == null ? "info" : allowed ? "allowed" : "denied";
        if (any(lower, LOGOUTS)) {
            event.classify("authentication", "end");
        } else if (any(lower, LOGINS)) {
            event.classify("authentication", "start");
            if (lower.contains("fail") || Boolean.FALSE.equals(allowed)) {
                event.outcome(false);
            } else if (lower.contains("succ")) {
                event.outcome(true);
            }
            return;
        } else if (any(lower, MALWARE)) {
            event.kind("alert").classify(List.of("malware", "network"), List.of("info", verdict));
        } else if (words(lower, ATTACKS)) {
            event.kind("alert").classify(List.of("intrusion_detection", "network"), List.of("info", verdict));
        } else if (event.get(Fields.URL_ORIGINAL) != null) {
            event.classify(List.of("web", "network"), List.of("access", verdict));
        } else if (ends || event.get(Fields.NETWORK_TRANSPORT) != null) {
            event.classify("network", List.of("connection", verdict));
        } else {
            event.classify("host", "info");
        }
        if (allowed != null && event.get(Fields.EVENT_OUTCOME) == null) {
            event.outcome(allowed);
        }
    }

    private static boolean any(String text, String[] words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whole words only: "ids" is in many others. */
    private static boolean words(String text, String[] words) {
        for (String word : words) {
            int at = text.indexOf(word);
            while (at >= 0) {
                int end = at + word.length();
                boolean before = at == 0 || !isLetter(text.charAt(at - 1));
                boolean after = end == text.length() || !isLetter(text.charAt(end)) || text.startsWith("s", end);
                if (before && after) {
                    return true;
                }
                at = text.indexOf(word, end);
            }
        }
        return false;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
