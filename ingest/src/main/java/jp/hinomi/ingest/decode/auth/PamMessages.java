package jp.hinomi.ingest.decode.auth;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What PAM modules log: {@code pam_unix(sshd:auth): authentication failure; … rhost=203.0.113.7  user=root}. */
final class PamMessages {
    private static final Field EFFECTIVE_ID = Fields.of("user.effective.id");

    private PamMessages() {}

    static void describe(String message, EventDraft event) {
        String body = message;
        int close = message.indexOf("): ");
        int open = message.indexOf('(');
        String kind = "";
        if (message.startsWith("pam_") && open > 0 && close > open) {
            body = message.substring(close + 3);
            int colon = message.indexOf(':', open);
            int serviceEnd = colon > 0 && colon < close ? colon : close;
            event.text(AuthFields.PAM_SERVICE, message.substring(open + 1, serviceEnd));
            kind = message.substring(Math.min(serviceEnd + 1, close), close);
        }
        if (body.startsWith("session ")) {
            session(body, event);
        } else if (body.startsWith("authentication failure") || body.contains(" more authentication failure")) {
            event.action("pam_authentication")
                    .classify(AuthFields.AUTHENTICATION, "info")
                    .outcome(false);
            parameters(body, event);
        } else if (body.startsWith("authentication success")) {
            event.action("pam_authentication")
                    .classify(AuthFields.AUTHENTICATION, "info")
                    .outcome(true);
            parameters(body, event);
        } else if (body.startsWith("check pass; user unknown")) {
            event.action("pam_unknown_user")
                    .classify(AuthFields.AUTHENTICATION, "info")
                    .outcome(false)
                    .put(AuthFields.INVALID_USER, Boolean.TRUE);
        } else if (body.startsWith("Consecutive login failures for user ")) {
            event.action("account_locked")
                    .classify(AuthFields.AUTHENTICATION, "info")
                    .outcome(false);
            event.user(word(body, "Consecutive login failures for user ".length()));
        } else if (body.startsWith("password changed for ")) {
            event.action("password_changed")
                    .classify("iam", AuthFields.USER_CHANGE)
                    .outcome(true);
            event.user(word(body, "password changed for ".length()));
            event.put(Fields.USER_TARGET_NAME, event.get(Fields.USER_NAME));
        } else if (body.startsWith("requirement \"")) {
            event.classify(AuthFields.AUTHENTICATION, "info").outcome(false);
            int user = body.lastIndexOf(" by user \"");
            int end = user < 0 ? -1 : body.indexOf('"', user + " by user \"".length());
            event.user(end < 0 ? null : body.substring(user + " by user \"".length(), end));
        } else if (kind.equals("account") || kind.equals("auth")) {
            event.classify(AuthFields.AUTHENTICATION, "info");
        }
    }

    /** {@code session opened for user root(uid=0) by alice(uid=1000)}; the uid parts are missing in old versions. */
    private static void session(String body, EventDraft event) {
        boolean opened = body.startsWith("session opened for user ");
        if (!opened && !body.startsWith("session closed for user ")) {
            return;
        }
        event.action(opened ? "session_opened" : "session_closed")
                .classify(AuthFields.SESSION, opened ? "start" : "end")
                .outcome(true);
        String name = word(body, "session opened for user ".length());
        int by = body.indexOf(" by ");
        String who = by < 0 ? "" : account(word(body, by + " by ".length()));
        String account = account(name);
        // Opened by a service, which has no name here, it is the user's own; so the end of it says the same user.
        if (!who.isEmpty()) {
            event.user(who).text(Fields.USER_ID, uid(word(body, by + " by ".length())));
        } else {
            event.user(account).text(Fields.USER_ID, uid(name));
        }
        if (by >= 0) {
            event.user(Fields.USER_EFFECTIVE_NAME, null, account).text(EFFECTIVE_ID, uid(name));
        }
    }

    /** The order is PAM's own: what comes last is the user, whose name may contain anything. */
    private static void parameters(String body, EventDraft event) {
        int rhost = body.indexOf(" rhost=");
        int user = body.indexOf(" user=", Math.max(0, rhost));
        if (rhost >= 0) {
            event.source(word(body, rhost + " rhost=".length()));
        }
        if (user >= 0) {
            event.user(body.substring(user + " user=".length()).strip());
        }
        int ruser = body.indexOf(" ruser=");
        if (ruser >= 0 && ruser < rhost) {
            String remote = word(body, ruser + " ruser=".length());
            event.user(Fields.SOURCE_USER_NAME, null, remote);
        }
        int tty = body.indexOf(" tty=");
        if (tty >= 0 && tty < rhost) {
            event.text(AuthFields.TERMINAL, word(body, tty + " tty=".length()));
        }
    }

    private static String account(String name) {
        int open = name.indexOf("(uid=");
        return open < 0 ? name : name.substring(0, open);
    }

    private static String uid(String name) {
        int open = name.indexOf("(uid=");
        int digits = open + "(uid=".length();
        int end = open < 0 ? 0 : Numbers.endOfDigits(name, digits);
        return open < 0 ? null : name.substring(digits, end);
    }

    private static String word(String text, int from) {
        int end = text.indexOf(' ', from);
        return text.substring(Math.min(from, text.length()), end < 0 ? text.length() : end);
    }
}
