package jp.hinomi.ingest.decode.cisco;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * One end of a connection as these messages write it: {@code outside:192.0.2.1/443 (203.0.113.1/443)(LOCAL\carol)};
 * interface, port, translated address and user may each be missing. Immutable.
 */
final class Endpoint {
    private final boolean source;
    private final Field ip;
    private final Field port;
    private final Field natIp;
    private final Field natPort;
    private final Field zone;
    private final Field userName;
    private final Field userDomain;
    private final Field icmpType;
    private final Field icmpCode;
    private final Field ownInterface;
    private final Field label;

    Endpoint(boolean source, String prefix) {
        String side = source ? "source" : "destination";
        this.source = source;
        this.ip = Fields.of(side + ".ip");
        this.port = Fields.of(side + ".port");
        this.natIp = Fields.of(side + ".nat.ip");
        this.natPort = Fields.of(side + ".nat.port");
        this.zone = source ? Fields.OBSERVER_INGRESS_INTERFACE : Fields.OBSERVER_EGRESS_INTERFACE;
        this.userName = Fields.of(side + ".user.name");
        this.userDomain = Fields.of(side + ".user.domain");
        this.icmpType = Fields.of(prefix + "icmp_type");
        this.icmpCode = Fields.of(prefix + "icmp_code");
        this.ownInterface = Fields.of(prefix + side + "_interface");
        this.label = Fields.of(prefix + side + "_user_security_group_tag");
    }

    void put(String text, EventDraft event) {
        int end = end(text);
        int slash = text.lastIndexOf('/', end - 1);
        int addressEnd = slash > 0 ? slash : end;
        int colon = Addresses.canonical(text, 0, addressEnd) == null ? text.indexOf(':') : -1;
        boolean named = colon > 0 && colon < addressEnd;
        if (named) {
            place(text.substring(0, colon), event);
        }
        address(text.substring(named ? colon + 1 : 0, addressEnd), event);
        if (slash > 0 && !port(port, text, slash + 1, end, event)) {
            service(text.substring(slash + 1, end), event);
        }
        rest(text, text.indexOf('(', end), true, event);
    }

    /** As access lists have it: {@code outside/192.0.2.1(443)(LOCAL\\carol)}. */
    void list(String text, EventDraft event) {
        int end = end(text);
        int slash = text.lastIndexOf('/', end - 1);
        if (slash > 0) {
            place(text.substring(0, slash), event);
        }
        address(text.substring(slash + 1, end), event);
        int close = end < text.length() && text.charAt(end) == '(' ? text.indexOf(')', end) : -1;
        if (close > 0) {
            port(port, text, end + 1, close, event);
        }
        rest(text, close < 0 ? -1 : text.indexOf('(', close), false, event);
    }

    /** The translated end of a "translation": {@code outside:203.0.113.1/12834}. */
    void nat(String text, EventDraft event) {
        int end = end(text);
        int colon = Addresses.canonical(text, 0, end) == null ? text.indexOf(':') : -1;
        int slash = text.lastIndexOf('/', end - 1);
        int addressEnd = slash > 0 ? slash : end;
        translated(text.substring(colon > 0 && colon < addressEnd ? colon + 1 : 0, addressEnd), event);
        if (slash > 0) {
            translatedPort(text, slash + 1, end, event);
        }
    }

    /** These messages always have a translated end, also without a translation: then it is the same and says nothing. */
    private boolean translated(String text, EventDraft event) {
        String canonical = Addresses.canonical(text);
        if (canonical != null && !canonical.equals(event.get(ip))) {
            event.ip(natIp, canonical);
        }
        return canonical != null;
    }

    private void translatedPort(String text, int from, int to, EventDraft event) {
        Object own = event.get(port);
        if (!(own instanceof Long number) || number != Numbers.parse(text, from, to)) {
            port(natPort, text, from, to, event);
        }
    }

    private static int end(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '(' || c == ',' || c == ';') {
                return i;
            }
        }
        return text.length();
    }

    private void place(String name, EventDraft event) {
        event.text(zone, name).text(ownInterface, name);
    }

    private void address(String text, EventDraft event) {
        if (source) {
            event.source(text);
        } else {
            event.destination(text);
        }
    }

    /** What is in parentheses: a translated address, a user, a security group, or the type of an ICMP message. */
    private void rest(String text, int from, boolean translated, EventDraft event) {
        int open = from;
        boolean nat = translated;
        for (int i = 0; open >= 0 && i < 4; i++) {
            int close = text.indexOf(')', open);
            String inside = text.substring(open + 1, close < 0 ? text.length() : close);
            int slash = inside.lastIndexOf('/');
            if (inside.startsWith("type ")) {
                icmp(inside, event);
            } else if (nat && translated(slash > 0 ? inside.substring(0, slash) : inside, event)) {
                translatedPort(inside, slash + 1, inside.length(), event);
                nat = false;
            } else {
                user(inside, event);
            }
            open = close < 0 ? -1 : text.indexOf('(', close);
        }
        int type = from < 0 ? text.indexOf(" type ") : -1;
        if (type >= 0) {
            icmp(text.substring(type + 1), event);
        }
    }

    private void user(String inside, EventDraft event) {
        String name = inside.startsWith("LOCAL\\") ? inside.substring(6) : inside;
        int comma = name.indexOf(',');
        String tag = comma >= 0 ? name.substring(comma + 1).strip() : isTag(name) ? name : null;
        event.text(label, tag);
        name = comma >= 0 ? name.substring(0, comma) : tag == null ? name : "";
        if (!name.isEmpty() && name.length() <= 256 && !name.equals("*****") && !name.equals("no connection")) {
            event.user(userName, userDomain, name);
            if (source || event.get(Fields.USER_NAME) == null) {
                event.user(name);
            }
        }
    }

    /** {@code 17} or {@code 17:staff}. */
    private static boolean isTag(String name) {
        int digits = Numbers.endOfDigits(name, 0);
        return digits > 0 && (digits == name.length() || name.charAt(digits) == ':');
    }

    /** {@code type 8, code 0}. */
    private void icmp(String text, EventDraft event) {
        int end = Numbers.endOfDigits(text, 5);
        event.text(icmpType, text.substring(5, end));
        int code = text.indexOf("code ", end);
        if (code >= 0) {
            event.text(icmpCode, text.substring(code + 5, Numbers.endOfDigits(text, code + 5)));
        }
    }

    /** @return false if it is no number */
    private static boolean port(Field field, String text, int from, int to, EventDraft event) {
        long value = Numbers.parse(text, from, to);
        // Of ICMP it is the identifier of an echo.
        boolean icmp = event.get(Fields.NETWORK_TRANSPORT) instanceof String transport && transport.contains("icmp");
        if (value > 0 && value <= 65_535 && !icmp) {
            event.number(field, value);
        }
        return value >= 0;
    }

    private static void service(String name, EventDraft event) {
        if (name.length() <= 32) {
            event.text(Fields.NETWORK_PROTOCOL, name.toLowerCase(java.util.Locale.ROOT));
        }
    }
}
