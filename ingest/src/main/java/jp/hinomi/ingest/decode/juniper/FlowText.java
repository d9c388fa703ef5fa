package jp.hinomi.ingest.decode.juniper;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * RT_FLOW as plain text: {@code RT_FLOW_SESSION_CREATE: session created 192.0.2.1/51000->198.51.100.1/80 0x0 junos-http …}. Its
 * words come in a fixed order, with more of them in newer versions. Not thread-safe: one per line.
 */
final class FlowText {
    private static final int MAX_WORDS = 64;

    private final String tag;
    private final String[] words;
    private final Map<String, String> values = new HashMap<>();
    private int at;

    private FlowText(String tag, String[] words) {
        this.tag = tag;
        this.words = words;
    }

    /** Null if the text is none. */
    static FlowText read(String text, int from) {
        int session = text.indexOf("session ", from);
        if (session < 0 || session - from > 128) {
            return null;
        }
        int verb = session + 8;
        String kind = text.startsWith("created ", verb)
                ? "CREATE"
                : text.startsWith("closed ", verb) ? "CLOSE" : text.startsWith("denied ", verb) ? "DENY" : null;
        if (kind == null) {
            return null;
        }
        int flow = text.indexOf(' ', verb) + 1;
        String reason = null;
        if (kind.equals("CLOSE")) {
            int colon = text.indexOf(": ", flow);
            if (colon > 0 && colon - flow <= 64) {
                reason = text.substring(flow, colon);
                flow = colon + 2;
            }
        }
        FlowText read =
                new FlowText("RT_FLOW_SESSION_" + kind, text.substring(flow).split(" ", MAX_WORDS));
        if (!read.ends("source-address", "source-port", "destination-address", "destination-port")) {
            return null;
        }
        read.put("reason", reason);
        read.rest(kind);
        return read;
    }

    String tag() {
        return tag;
    }

    Map<String, String> values() {
        return values;
    }

    private void rest(String kind) {
        connectionTag();
        put("service-name", next());
        if (kind.equals("DENY")) {
            protocol();
            names("policy-name", "source-zone-name", "destination-zone-name", "application", "nested-application");
            user();
            names("packet-incoming-interface", "encrypted");
            return;
        }
        ends("nat-source-address", "nat-source-port", "nat-destination-address", "nat-destination-port");
        connectionTag();
        rule("src-nat-rule-type", "src-nat-rule-name", false);
        rule("dst-nat-rule-type", "dst-nat-rule-name", true);
        names("protocol-id", "policy-name", "source-zone-name", "destination-zone-name", "session-id-32");
        if (kind.equals("CLOSE")) {
            volume("packets-from-client", "bytes-from-client");
            volume("packets-from-server", "bytes-from-server");
            names("elapsed-time", "application", "nested-application");
            user();
            names("packet-incoming-interface", "encrypted");
        } else {
            user();
            names("packet-incoming-interface", "application", "nested-application", "encrypted");
        }
    }

    /** {@code 192.0.2.1/51000->198.51.100.1/80}. */
    private boolean ends(String source, String sourcePort, String destination, String destinationPort) {
        String word = peek(0);
        int arrow = word.indexOf("->");
        int slash = arrow < 0 ? -1 : word.lastIndexOf('/', arrow);
        int other = word.lastIndexOf('/');
        if (slash < 0 || other < arrow) {
            return false;
        }
        put(source, word.substring(0, slash));
        put(sourcePort, word.substring(slash + 1, arrow));
        put(destination, word.substring(arrow + 2, other));
        put(destinationPort, word.substring(other + 1));
        at++;
        return true;
    }

    private void connectionTag() {
        if (peek(0).startsWith("0x")) {
            put("connection-tag", next());
        }
    }

    /** A name, or from Junos 15.1 on a type of one or two words and a name. Behind the last one comes the protocol's number. */
    private void rule(String type, String name, boolean last) {
        if (peek(1).equals("rule")) {
            put(type, next() + ' ' + next());
        } else if (last ? !isNumber(peek(1)) && isNumber(peek(2)) : peek(0).equals(peek(1)) && !isNumber(peek(2))) {
            put(type, next());
        }
        put(name, next());
    }

    /** {@code 17(0)}: the protocol, and of ICMP the type. */
    private void protocol() {
        String word = next();
        int open = word.indexOf('(');
        put("protocol-id", open < 0 ? word : word.substring(0, open));
        if (open > 0 && word.endsWith(")")) {
            put("icmp-type", word.substring(open + 1, word.length() - 1));
        }
    }

    /** {@code 6(337)}. */
    private void volume(String packets, String bytes) {
        String word = next();
        int open = word.indexOf('(');
        if (open > 0 && word.endsWith(")")) {
            put(packets, word.substring(0, open));
            put(bytes, word.substring(open + 1, word.length() - 1));
        }
    }

    /** {@code carol(staff)}. */
    private void user() {
        String word = next();
        int open = word.indexOf('(');
        put("username", open < 0 ? word : word.substring(0, open));
        if (open >= 0 && word.endsWith(")")) {
            put("roles", word.substring(open + 1, word.length() - 1));
        }
    }

    private void names(String... names) {
        for (String name : names) {
            put(name, next());
        }
    }

    private void put(String name, String value) {
        if (value != null && !value.isEmpty()) {
            values.put(name, value);
        }
    }

    private String next() {
        return at < words.length ? words[at++] : "";
    }

    private String peek(int ahead) {
        return at + ahead < words.length ? words[at + ahead] : "";
    }

    private static boolean isNumber(String word) {
        return Numbers.parse(word) >= 0;
    }
}
