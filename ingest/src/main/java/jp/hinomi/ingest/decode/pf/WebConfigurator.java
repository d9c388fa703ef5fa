package jp.hinomi.ingest.decode.pf;

import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * Logins to the web interface: {@code /index.php: Successful login for user 'admin' from: 192.0.2.40 (Local Database)},
 * {@code webConfigurator authentication error for user …}, {@code User logged out for user …}, {@code Session timed out for
 * user …}. Stateless.
 */
final class WebConfigurator {
    private static final String USER = " for user '";
    private static final String FROM = "' from: ";

    private WebConfigurator() {}

    /** @return false if the message is about something else, with the event as it was */
    static boolean describe(String text, int start, EventDraft event) {
        int user = text.indexOf(USER, start);
        int from = user < 0 ? -1 : text.lastIndexOf(FROM); // A name may have quotation marks.
        if (from < user + USER.length()) {
            return false;
        }
        String what = text.substring(start, user).toLowerCase(Locale.ROOT);
        if (what.endsWith("successful login")) {
            event.action("login").outcome(true).classify("authentication", "start");
        } else if (what.endsWith("authentication error")) {
            event.action("login").outcome(false).classify("authentication", "start");
        } else if (what.endsWith("logged out") || what.endsWith("session timed out")) {
            event.action("logout").outcome(true).classify("authentication", "end");
        } else {
            return false;
        }
        event.user(Fields.USER_NAME, null, text.substring(user + USER.length(), from));
        int address = from + FROM.length();
        int end = address;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        event.source(text.substring(address, end));
        return true;
    }
}
