package jp.hinomi.ingest.decode.haproxy;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;

/** {@code Connect from …}, {@code Server web/s1 is DOWN, reason: …}, {@code backend web has no server available!} … Stateless. */
final class ProcessMessages {
    private static final String CONNECT = "Connect from ";

    private ProcessMessages() {}

    static void describe(String message, EventDraft event) {
        event.module(HaproxyDecoder.FORMAT, "haproxy.log")
                .classify("network", "info")
                .text(Fields.MESSAGE, message);
        if (message.startsWith(CONNECT)) {
            connect(message, event);
        } else if (message.startsWith("Server ")) {
            server(message, event);
        } else if (message.startsWith("backend ") && message.contains(" has no server available!")) {
            event.action("backend-down").outcome(false);
            event.text(HaproxyFields.BACKEND, message.substring(8, message.indexOf(" has no server")));
        } else if (message.startsWith("Proxy ")) {
            int end = message.indexOf(' ', 6);
            event.action(
                    message.contains(" stopped")
                            ? "proxy-stopped"
                            : message.contains(" started") ? "proxy-started" : null);
            event.text(HaproxyFields.FRONTEND, end < 0 ? null : message.substring(6, end));
        }
    }

    /** {@code Connect from 192.0.2.1:40000 to 192.0.2.2:80 (frontend/TCP)}. */
    private static void connect(String message, EventDraft event) {
        int to = message.indexOf(" to ", CONNECT.length());
        int open = to < 0 ? -1 : message.indexOf(" (", to + " to ".length());
        int slash = open < 0 ? -1 : message.indexOf('/', open);
        if (slash < 0) {
            return;
        }
        HaproxyFields.client(message.substring(CONNECT.length(), to), event);
        HostPort.destinationAndPort(message.substring(to + " to ".length(), open), event);
        NetworkFields.transport("tcp", event);
        NetworkFields.communityId(event);
        HaproxyFields.frontend(message.substring(open + 2, slash), event);
        int close = message.indexOf(')', slash);
        String mode = close < 0 ? null : message.substring(slash + 1, close);
        event.text(HaproxyFields.MODE, mode).action("connect");
        event.classify("HTTP".equals(mode) ? List.of("web", "network") : "network", "connection");
    }

    private static void server(String message, EventDraft event) {
        int is = message.indexOf(" is ");
        if (is < 7) {
            return;
        }
        HaproxyFields.backend(message.substring(7, is), event);
        boolean down = message.startsWith("DOWN", is + 4);
        boolean up = message.startsWith("UP", is + 4);
        event.action(down ? "server-down" : up ? "server-up" : "server-changed");
        if (down || up) {
            event.outcome(up);
        }
        int reason = message.indexOf(", reason: ");
        int end = reason < 0 ? -1 : message.indexOf(", check duration", reason);
        event.text(
                Fields.EVENT_REASON,
                reason < 0
                        ? null
                        : message.substring(reason + ", reason: ".length(), end < 0 ? message.length() : end));
    }
}
