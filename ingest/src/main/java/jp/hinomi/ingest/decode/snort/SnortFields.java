package jp.hinomi.ingest.decode.snort;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.HostPort;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** What all forms of an alert share. Stateless. */
final class SnortFields {
    static final Field GENERATOR = Fields.of("snort.gid");
    private static final Field DESCRIPTION = Fields.of("rule.description");
    private static final List<String> CATEGORIES = List.of("network", "intrusion_detection");

    private SnortFields() {}

    static void common(EventDraft event) {
        event.kind("alert").module(SnortDecoder.FORMAT, "snort.log").classify(CATEGORIES, "info");
        event.text(Fields.OBSERVER_VENDOR, "snort")
                .text(Fields.OBSERVER_PRODUCT, "ids")
                .text(Fields.OBSERVER_TYPE, "ids");
    }

    /** Of the same form, and another product. */
    static void suricata(EventDraft event) {
        event.module("suricata", "suricata.alert");
        event.text(Fields.OBSERVER_VENDOR, "OISF").text(Fields.OBSERVER_PRODUCT, "Suricata");
    }

    static void message(String message, EventDraft event) {
        if (message != null) {
            String plain = message.strip();
            boolean quoted = plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"");
            plain = quoted ? plain.substring(1, plain.length() - 1) : plain;
            event.text(Fields.MESSAGE, plain).text(Fields.RULE_NAME, plain).text(DESCRIPTION, plain);
        }
    }

    /** {@code 1:2003:8}. @return false if it is none */
    static boolean rule(String text, int from, int to, EventDraft event) {
        int first = text.indexOf(':', from);
        int second = first < 0 ? -1 : text.indexOf(':', first + 1);
        if (second < 0 || second >= to) {
            return false;
        }
        long generator = Numbers.parse(text, from, first);
        long signature = Numbers.parse(text, first + 1, second);
        long revision = Numbers.parse(text, second + 1, to);
        if (generator < 0 || signature < 0 || revision < 0) {
            return false;
        }
        rule(generator, Long.toString(signature), Long.toString(revision), event);
        return true;
    }

    static void rule(long generator, String signature, String revision, EventDraft event) {
        event.number(GENERATOR, generator).text(Fields.RULE_ID, signature).text(Fields.RULE_VERSION, revision);
    }

    /** What became of the packet: {@code allow}, {@code drop}, {@code block}, {@code reject}, {@code would_drop}, {@code wDrop} … */
    static void action(String action, EventDraft event) {
        if (action == null || action.isEmpty()) {
            return;
        }
        String lower = action.toLowerCase(Locale.ROOT);
        event.action(lower);
        switch (lower) {
            case "allow",
                    "pass",
                    "alert",
                    "rewrite",
                    "would_drop",
                    "would_block",
                    "would_reject",
                    "would_rewrite",
                    "wdrop",
                    "cant_drop",
                    "cant_block",
                    "cant_reject",
                    "cant_rewrite" -> event.put(Fields.EVENT_TYPE, "allowed");
            case "drop", "block", "reject", "reset", "sdrop" -> event.put(Fields.EVENT_TYPE, "denied");
            default -> {
                // What happened is not said in a way we know: it stays an information.
            }
        }
    }

    /** Both ends, each an address with or without a port. */
    static void ends(String from, String to, EventDraft event) {
        Object transport = event.get(Fields.NETWORK_TRANSPORT);
        boolean ports = "tcp".equals(transport) || "udp".equals(transport);
        if (ports && several(from)) {
            HostPort.sourceAndPort(from, event);
        } else {
            HostPort.source(from, event);
        }
        if (ports && several(to)) {
            HostPort.destinationAndPort(to, event);
        } else {
            HostPort.destination(to, event);
        }
    }

    /** As the other, where the port is always written, 0 if there is none. */
    static void endsWithPorts(String from, String to, EventDraft event) {
        HostPort.sourceAndPort(from, event);
        HostPort.destinationAndPort(to, event);
    }

    private static boolean several(String text) {
        return text.indexOf(':') != text.lastIndexOf(':') && text.indexOf(']') < 0;
    }

    static void transport(String protocol, EventDraft event) {
        if (protocol != null && !protocol.isEmpty()) {
            NetworkFields.transport(protocol.length() <= 4 ? protocol.toUpperCase(Locale.ROOT) : protocol, event);
        }
    }

    static void finish(EventDraft event) {
        NetworkFields.type(event);
        NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        NetworkFields.communityId(event);
    }
}
