package jp.hinomi.ingest.decode.auth;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What sshd logs (OpenSSH {@code auth.c}, {@code auth2.c}, {@code packet.c}, {@code sshd.c}; versions 5 to 10).
 *
 * <p>User names come from the attacker and may contain anything, {@code " from 198.51.100.1 port 22"} included. So a
 * failed login is read from its end, where sshd itself wrote the address.
 */
final class SshdMessages {
    private static final String FROM = " from ";

    private SshdMessages() {}

    static void describe(String message, EventDraft event) {
        event.text(Fields.NETWORK_PROTOCOL, "ssh").text(Fields.NETWORK_TRANSPORT, "tcp");
        String body = message;
        if (body.endsWith(" [preauth]")) {
            body = body.substring(0, body.length() - " [preauth]".length());
        }
        for (String level : new String[] {"error: ", "fatal: "}) {
            if (body.startsWith(level)) {
                body = body.substring(level.length());
            }
        }
        if (!login(body, event) && !refused(body, event)) {
            SshdConnections.describe(body, event);
        }
    }

    private static boolean login(String body, EventDraft event) {
        boolean accepted = body.startsWith("Accepted ");
        if (!accepted && !body.startsWith("Failed ")) {
            return false;
        }
        int method = accepted ? "Accepted ".length() : "Failed ".length();
        int methodEnd = body.indexOf(" for ", method);
        if (methodEnd < 0 || body.indexOf(' ', method) != methodEnd) {
            return false;
        }
        int user = methodEnd + " for ".length();
        // An accepted user exists, so its name is harmless, while the key's comment after the address may be anything.
        int from = accepted ? firstPeer(body, user) : lastPeer(body, user);
        if (from < 0) {
            return false;
        }
        Peer peer = Peer.at(body, from + FROM.length());
        event.action("ssh_login")
                .classify(accepted ? AuthFields.LOGIN : AuthFields.AUTHENTICATION, "info")
                .outcome(accepted)
                .text(AuthFields.METHOD, body.substring(method, methodEnd));
        peer.describe(event);
        user(body, user, from, event);
        key(body, peer.end(), event);
        return true;
    }

    /** {@code ssh2: ED25519 SHA256:…} after the address. */
    private static void key(String body, int at, EventDraft event) {
        int type = body.startsWith(" ssh2: ", at) ? at + " ssh2: ".length() : -1;
        int typeEnd = type < 0 ? -1 : body.indexOf(' ', type);
        if (typeEnd < 0) {
            return;
        }
        int end = body.indexOf(' ', typeEnd + 1);
        event.text(AuthFields.KEY_TYPE, body.substring(type, typeEnd));
        event.text(AuthFields.FINGERPRINT, body.substring(typeEnd + 1, end < 0 ? body.length() : end));
    }

    private static boolean refused(String body, EventDraft event) {
        if (body.startsWith("Invalid user ") || body.startsWith("Illegal user ")) {
            event.put(AuthFields.INVALID_USER, Boolean.TRUE);
            return failure("ssh_invalid_user", body, "Invalid user ".length(), event);
        }
        if (body.startsWith("maximum authentication attempts exceeded for ")) {
            event.text(Fields.EVENT_REASON, "maximum authentication attempts exceeded");
            return failure("ssh_max_attempts", body, "maximum authentication attempts exceeded for ".length(), event);
        }
        if (body.startsWith("PAM: ")) {
            int user = body.indexOf(" for ", "PAM: ".length());
            if (user > 0) {
                event.text(Fields.EVENT_REASON, body.substring("PAM: ".length(), user));
                return failure("pam_authentication", body, user + " for ".length(), event);
            }
        }
        if (body.startsWith("User ") && body.contains(" not allowed because ")) {
            int why = body.lastIndexOf(" not allowed because ");
            int from = lastFrom(body, "User ".length(), why);
            event.action("ssh_user_not_allowed")
                    .classify(AuthFields.AUTHENTICATION, "info")
                    .outcome(false)
                    .text(Fields.EVENT_REASON, body.substring(why + " not allowed because ".length()));
            if (from > 0) {
                event.source(body.substring(from + FROM.length(), why));
            }
            user(body, "User ".length(), from > 0 ? from : why, event);
            return true;
        }
        return false;
    }

    private static boolean failure(String action, String body, int user, EventDraft event) {
        int from = body.lastIndexOf(FROM);
        if (from < user - 1) {
            return false;
        }
        event.action(action).classify(AuthFields.AUTHENTICATION, "info").outcome(false);
        Peer peer = Peer.at(body, from + FROM.length());
        if (peer != null) {
            peer.describe(event);
        } else {
            event.source(firstWord(body, from + FROM.length()));
        }
        user(body, user, from, event);
        return true;
    }

    /** The user between two indexes, which may begin with a note that there is no such account. */
    static void user(String body, int from, int to, EventDraft event) {
        for (String note : new String[] {"invalid user ", "illegal user "}) {
            if (body.startsWith(note, from)) {
                event.put(AuthFields.INVALID_USER, Boolean.TRUE);
                from += note.length();
            }
        }
        if (to > from) {
            event.user(body.substring(from, to));
        }
    }

    private static String firstWord(String text, int from) {
        int end = text.indexOf(' ', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    /** An empty user name leaves two spaces, so {@code " from "} may begin one character before the user. */
    private static int firstPeer(String body, int user) {
        for (int at = body.indexOf(FROM, user - 1); at >= 0; at = body.indexOf(FROM, at + 1)) {
            Peer peer = Peer.at(body, at + FROM.length());
            if (peer != null && peer.port() >= 0) {
                return at;
            }
        }
        return -1;
    }

    private static int lastPeer(String body, int user) {
        int at = body.lastIndexOf(FROM);
        return at >= user - 1 && Peer.at(body, at + FROM.length()) != null ? at : -1;
    }

    private static int lastFrom(String body, int from, int to) {
        int at = body.lastIndexOf(FROM, to - FROM.length());
        return at >= from ? at : -1;
    }
}
