package jp.hinomi.ingest.decode.auth;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/** What sshd says about connections rather than logins: opened, closed, reset, refused, negotiated in vain. */
final class SshdConnections {
    private static final String NETWORK = "network";
    private static final List<String> START = List.of("connection", "start");
    private static final List<String> END = List.of("connection", "end");
    private static final List<String> DENIED = List.of("connection", "denied");
    private static final List<String> ERROR = List.of("connection");

    private record Form(String prefix, String action, List<String> type) {}

    /** The peer follows the prefix, perhaps after {@code authenticating user NAME} or {@code invalid user NAME}. */
    private static final List<Form> FORMS = List.of(
            new Form("Connection closed by ", "ssh_connection_closed", END),
            new Form("Connection reset by ", "ssh_connection_reset", END),
            new Form("Connection from ", "ssh_connection", START),
            new Form("Disconnected from ", "ssh_disconnected", END),
            new Form("Disconnecting ", "ssh_disconnecting", END),
            new Form("Received disconnect from ", "ssh_received_disconnect", END),
            new Form("Timeout before authentication for connection from ", "ssh_timeout", END),
            new Form("Timeout before authentication for ", "ssh_timeout", END),
            new Form("Timeout, client not responding from ", "ssh_timeout", END),
            new Form("Did not receive identification string from ", "ssh_no_identification", ERROR),
            new Form("banner exchange: Connection from ", "ssh_bad_identification", ERROR),
            new Form("Unable to negotiate with ", "ssh_negotiation_failed", ERROR),
            new Form("ssh_dispatch_run_fatal: Connection from ", "ssh_protocol_error", ERROR),
            new Form("kex_exchange_identification: ", "ssh_bad_identification", ERROR));

    private SshdConnections() {}

    static void describe(String body, EventDraft event) {
        for (Form form : FORMS) {
            if (body.startsWith(form.prefix())) {
                event.action(form.action()).classify(NETWORK, form.type());
                peer(body, form.prefix().length(), event);
                return;
            }
        }
        if (body.startsWith("Bad protocol version identification ")) {
            event.action("ssh_bad_identification").classify(NETWORK, ERROR);
            peerAfterLast(body, " from ", event);
        } else if (body.startsWith("drop connection ")) {
            event.action("ssh_connection_dropped").classify(NETWORK, DENIED).outcome(false);
            peerAfterFirst(body, " from ", event);
        } else if (body.startsWith("reverse mapping checking getaddrinfo for ")) {
            event.action("ssh_reverse_mapping_failed").classify(NETWORK, ERROR).outcome(false);
            int open = body.lastIndexOf('[');
            int close = body.indexOf(']', Math.max(0, open));
            if (open > 0 && close > open) {
                event.source(body.substring(open + 1, close));
            }
        } else if (body.startsWith("Server listening on ")) {
            event.action("ssh_server_started").classify("process", "start");
        } else if (body.startsWith("Starting session: ")) {
            session(body, event);
        } else if (body.startsWith("subsystem request for ")) {
            event.action("ssh_subsystem").classify(AuthFields.SESSION, "info");
            int user = body.indexOf(" by user ");
            if (user > 0) {
                int name = user + " by user ".length();
                int end = body.indexOf(' ', name);
                event.user(body.substring(name, end < 0 ? body.length() : end));
            }
        }
    }

    /** {@code Starting session: shell on pts/0 for alice from 203.0.113.7 port 4242 id 0} */
    private static void session(String body, EventDraft event) {
        event.action("ssh_session").classify(AuthFields.SESSION, "start");
        int from = body.lastIndexOf(" from ");
        int user = body.lastIndexOf(" for ", Math.max(0, from));
        if (user > 0 && from > user + " for ".length()) {
            event.user(body.substring(user + " for ".length(), from));
        }
        peerAfterLast(body, " from ", event);
    }

    private static void peer(String body, int from, EventDraft event) {
        for (String note : new String[] {"authenticating user ", "invalid user ", "user "}) {
            if (body.startsWith(note, from)) {
                int name = from + note.length();
                int at = lastEndpoint(body, name);
                if (at > 0) {
                    if (note.startsWith("invalid")) {
                        event.put(AuthFields.INVALID_USER, Boolean.TRUE);
                    }
                    event.user(body.substring(name, Math.max(name, at - 1)));
                    reason(body, Peer.at(body, at), event);
                }
                return;
            }
        }
        Peer first = Peer.at(body, from);
        if (first != null) {
            reason(body, first, event);
        }
    }

    /** The address that the last {@code " port "} belongs to: the user's name before it may contain all of that too. */
    private static int lastEndpoint(String body, int from) {
        int port = body.lastIndexOf(" port ");
        if (port < from) {
            return -1;
        }
        int start = Math.max(from, body.lastIndexOf(' ', port - 1) + 1);
        return Addresses.canonical(body, start, port) == null ? -1 : start;
    }

    /** What follows the address: {@code :11: Bye Bye}, {@code : Too many authentication failures}. */
    private static void reason(String body, Peer peer, EventDraft event) {
        peer.describe(event);
        int at = peer.end();
        if (at < body.length() && body.charAt(at) == ':') {
            event.text(Fields.EVENT_REASON, body.substring(at + 1).strip());
        }
    }

    private static void peerAfterLast(String body, String word, EventDraft event) {
        int at = body.lastIndexOf(word);
        Peer peer = at < 0 ? null : Peer.at(body, at + word.length());
        if (peer != null) {
            peer.describe(event);
        }
    }

    private static void peerAfterFirst(String body, String word, EventDraft event) {
        int at = body.indexOf(word);
        Peer peer = at < 0 ? null : Peer.at(body, at + word.length());
        if (peer != null) {
            peer.describe(event);
        }
    }
}
