package jp.hinomi.ingest.decode.auth;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What su logs, in the forms of shadow-utils and util-linux. */
final class SuMessages {
    private SuMessages() {}

    static void describe(String message, EventDraft event) {
        if (message.startsWith("Successful su for ") || message.startsWith("FAILED su for ")) {
            boolean success = message.startsWith("Successful");
            int target = success ? "Successful su for ".length() : "FAILED su for ".length();
            int by = message.indexOf(" by ", target);
            if (by > 0) {
                su(message.substring(by + 4), message.substring(target, by), success, event);
            }
        } else if (message.startsWith("(to ") || message.startsWith("FAILED SU (to ")) {
            boolean success = message.startsWith("(to ");
            int target = success ? "(to ".length() : "FAILED SU (to ".length();
            int close = message.indexOf(") ", target);
            int on = message.lastIndexOf(" on ");
            if (close > 0 && on >= close + 2) {
                event.text(AuthFields.TERMINAL, message.substring(on + 4));
                su(message.substring(close + 2, on), message.substring(target, close), success, event);
            }
        } else if (message.startsWith("+ ") || message.startsWith("- ")) {
            int space = message.indexOf(' ', 2);
            int colon = message.lastIndexOf(':');
            if (space > 0 && colon > space) {
                event.text(AuthFields.TERMINAL, message.substring(2, space));
                su(message.substring(space + 1, colon), message.substring(colon + 1), message.charAt(0) == '+', event);
            }
        }
    }

    private static void su(String who, String target, boolean success, EventDraft event) {
        event.action("su")
                .classify(AuthFields.AUTHENTICATION, success ? "start" : "info")
                .outcome(success);
        event.user(who.strip());
        event.user(Fields.USER_EFFECTIVE_NAME, null, target.strip());
    }
}
