package jp.hinomi.ingest.decode.cisco;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** The values of messages by the names that {@link Messages} gives them, for one product's prefix. */
final class Values {
    private static final Field SOURCE_USER = Fields.of("source.user.name");
    private static final Field SOURCE_DOMAIN = Fields.of("source.user.domain");
    private static final Field SERVER_USER = Fields.of("server.user.name");
    private static final Field SERVER_DOMAIN = Fields.of("server.domain");

    /** As many as fit into nanoseconds. */
    private static final long MAX_SECONDS = 9_000_000_000L;

    private final String prefix;
    private final Map<String, Place> known = new HashMap<>();
    private final Endpoint source;
    private final Endpoint destination;

    /** @param prefix {@code cisco.asa.} or {@code cisco.ftd.} */
    Values(String prefix) {
        this.prefix = prefix;
        this.source = new Endpoint(true, prefix);
        this.destination = new Endpoint(false, prefix);
        known.put("*", Place.NOWHERE);
        known.put("src", source::put);
        known.put("dst", destination::put);
        known.put("natted", source::nat);
        known.put("mapped", this::mapped);
        known.put("echo", Place.of("network.protocol").and(Values::transport));
        known.put("ends", this::ends);
        known.put("site", this::site);
        known.put("aclsrc", source::list);
        known.put("acldst", destination::list);
        known.put("transport", Values::transport);
        known.put("direction", (value, event) -> event.text(Fields.NETWORK_DIRECTION, value.toLowerCase(Locale.ROOT)));
        known.put("protocol", Place.of("network.protocol"));
        known.put("ingress", this::ingress);
        known.put("list", this::list);
        known.put("verdict", Values::verdict);
        known.put("user", Values::user);
        known.put("admin", Values::administrator);
        known.put("group", Place.of("user.group.name").and(Place.of("source.user.group.name")));
        known.put("reason", (value, event) -> event.text(Fields.EVENT_REASON, unquoted(value)));
        known.put("duration", this::duration);
        known.put("bytes", Place.of("network.bytes"));
        known.put("sent", Place.of("source.bytes"));
        known.put("received", Place.of("destination.bytes"));
        known.put("url", Place.of("url.original"));
        known.put("file", Values::file);
        known.put("mac", Place.of("source.mac"));
        known.put("cipher", Place.of("tls.cipher"));
        known.put("tls", (value, event) -> TlsFields.version(value, event));
        known.put("listed", (value, event) -> listed(Fields.DESTINATION_DOMAIN, value, event));
        known.put("source_listed", (value, event) -> listed(Fields.SOURCE_DOMAIN, value, event));
        known.put("attack", Place.of("rule.name").and(Place.of("message")));
        known.put("signature", Place.of("rule.id"));
        known.put("tunnel_ip", address("assigned_ip"));
        known.put("remote", (value, event) -> HostPort.sourceAndPort(value, event));
        known.put("local", (value, event) -> HostPort.destinationAndPort(value, event));
        known.put("detail", known.get("reason"));
    }

    Place of(String name) {
        Place place = known.get(name);
        return place == null ? text(name) : place;
    }

    private Place text(String name) {
        Field field = Fields.of(prefix + name);
        return (value, event) -> event.text(field, unquoted(value));
    }

    private Place address(String name) {
        Field field = Fields.of(prefix + name);
        return (value, event) -> event.ip(field, value);
    }

    private void ingress(String value, EventDraft event) {
        event.text(Fields.OBSERVER_INGRESS_INTERFACE, value).text(Fields.of(prefix + "source_interface"), value);
    }

    private void list(String value, EventDraft event) {
        String name = unquoted(value);
        event.text(Fields.RULE_NAME, name).text(Fields.of(prefix + "list_id"), name);
    }

    /**
     * Both ends of a connection that is over, {@code outside:198.51.100.1/443 to inside:192.0.2.1/51000}. Which of them began
     * it is not said: they stay as the message has them.
     */
    private void ends(String value, EventDraft event) {
        int to = value.indexOf(" to ");
        source.put(to < 0 ? value : value.substring(0, to), event);
        if (to >= 0) {
            destination.put(value.substring(to + 4), event);
        }
    }

    /** A web server, perhaps with the user who asks for it, {@code carol@192.0.2.80}. */
    private void site(String value, EventDraft event) {
        destination.put(value.substring(value.lastIndexOf('@') + 1), event);
    }

    /** What an end is translated to is its translated address, and the other end of what the message is about. */
    private void mapped(String value, EventDraft event) {
        source.nat(value, event);
        destination.put(value, event);
    }

    /** {@code TCP}, {@code protocol 47}, {@code ICMP type 8}. */
    private static void transport(String value, EventDraft event) {
        String name = value.startsWith("protocol ") ? value.substring(9) : value;
        int space = name.indexOf(' ');
        name = space < 0 ? name : name.substring(0, space);
        if (name.length() <= 24) {
            NetworkFields.transport(name, event);
        }
    }

    /** {@code permitted}, {@code denied}, {@code est-allowed}, {@code dropped}, {@code monitored}. */
    private static void verdict(String value, EventDraft event) {
        String word = value.toLowerCase(Locale.ROOT);
        boolean denied = word.startsWith("den") || word.startsWith("drop");
        event.outcome(true);
        event.put(Fields.EVENT_TYPE, denied ? Kind.DENIED : Kind.ALLOWED);
    }

    /** Who uses the network behind the device. */
    private static void user(String value, EventDraft event) {
        String name = named(value);
        if (name != null) {
            event.user(name).user(SOURCE_USER, SOURCE_DOMAIN, name);
        }
    }

    /** Who uses the device itself. */
    private static void administrator(String value, EventDraft event) {
        String name = named(value);
        if (name != null) {
            event.user(name).text(SERVER_USER, name);
        }
    }

    /** Null for one that is not told. */
    private static String named(String value) {
        String name = unquoted(value);
        if (name.startsWith("LOCAL\\")) {
            name = name.substring(6);
        }
        return name.equals("*****") || name.equals("<unknown>") || name.equals("Unknown") ? null : name;
    }

    /** {@code 1:02:03}, {@code 0h:32m:16s}, {@code 1d 2h:03m:04s}. */
    private void duration(String value, EventDraft event) {
        long days = 0;
        long seconds = 0;
        int at = 0;
        for (int parts = 0; at < value.length() && parts < 4; parts++) {
            int end = Numbers.endOfDigits(value, at);
            long number = Numbers.parse(value, at, end);
            if (number < 0 || number > 100_000) {
                return;
            }
            if (end < value.length() && value.charAt(end) == 'd') {
                days = number;
            } else {
                seconds = seconds * 60 + number;
            }
            at = end;
            while (at < value.length() && (value.charAt(at) < '0' || value.charAt(at) > '9')) {
                at++;
            }
        }
        event.number(Fields.EVENT_DURATION, Math.min(days * 86_400 + seconds, MAX_SECONDS) * 1_000_000_000L);
        event.text(Fields.of(prefix + "duration"), value);
    }

    private static void file(String value, EventDraft event) {
        event.text(Fields.FILE_PATH, value);
        event.text(Fields.FILE_NAME, value.substring(value.lastIndexOf('/') + 1));
    }

    /** A domain of a list, or a network of one. */
    private static void listed(Field side, String value, EventDraft event) {
        String name = value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
        if (name.indexOf('/') < 0 && name.indexOf(' ') < 0) {
            event.host(SERVER_DOMAIN, name).host(side, name);
        }
    }

    static String unquoted(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isQuote(value.charAt(from))) {
            from++;
        }
        while (to > from && (isQuote(value.charAt(to - 1)) || value.charAt(to - 1) == '.')) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
