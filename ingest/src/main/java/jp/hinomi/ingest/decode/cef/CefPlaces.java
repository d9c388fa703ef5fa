package jp.hinomi.ingest.decode.cef;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/** Where the keys of CEF's dictionary (version 0.1 and 1) go. What it does not have stays below {@code cef.extensions}. */
final class CefPlaces {
    private static final String PREFIX = "cef.extensions.";
    private static final int MAX_LABEL = 64;
    private static final Field OBSERVER_IP = Fields.of("observer.ip");
    private static final Field OBSERVER_HOSTNAME = Fields.of("observer.hostname");
    private static final Field SHA1 = Fields.of("file.hash.sha1");
    private static final Field SHA512 = Fields.of("file.hash.sha512");

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "act", "event.action",
            "app", "network.protocol",
            "in", "source.bytes",
            "out", "destination.bytes",
            "proto", "network.transport",
            "reason", "event.reason",
            "msg", "message",
            "cat", PREFIX + "deviceEventCategory",
            "src", "source.address",
            "spt", "source.port",
            "smac", "source.mac",
            "suid", "source.user.id",
            "sourceTranslatedAddress", "source.nat.ip",
            "dst", "destination.address",
            "dpt", "destination.port",
            "dmac", "destination.mac",
            "duid", "destination.user.id",
            "destinationTranslatedAddress", "destination.nat.ip",
            "shost", "source.domain",
            "dhost", "destination.domain",
            "message", "message",
            "spriv", "source.user.group.name",
            "dpriv", "destination.user.group.name",
            "rule_uid", "rule.uuid",
            "inzone", "observer.ingress.zone",
            "outzone", "observer.egress.zone",
            "ifname", "observer.ingress.interface.name",
            "dvcmac", "observer.mac",
            "deviceExternalId", "observer.serial_number",
            "deviceInboundInterface", "observer.ingress.interface.name",
            "deviceOutboundInterface", "observer.egress.interface.name",
            "dvcpid", "process.pid",
            "deviceProcessName", "process.name",
            "dtz", "event.timezone",
            "request", "url.original",
            "requestMethod", "http.request.method",
            "requestClientApplication", "user_agent.original",
            "requestContext", "http.request.referrer",
            "fname", "file.name",
            "filePath", "file.path",
            "fsize", "file.size",
            "fileType", "file.type",
            "fileId", "file.inode",
            "sntdom", "source.user.domain",
            "dntdom", "destination.user.domain"));

    private static final Place SOURCE = Place.of("source.address");
    private static final Place DESTINATION = Place.of("destination.address");

    /** Custom strings and numbers whose label is a field of ECS, by products that many have. */
    private static final Map<String, Place> LABELS = new HashMap<>(Place.table(
            "RuleID", "rule.id",
            "Threat Prevention Rule ID", "rule.id",
            "Rule Name", "rule.name",
            "Application Rule Name", "rule.name",
            "DLP Rule Name", "rule.name",
            "Threat Prevention Rule Name", "rule.name",
            "Matched Category", "rule.category",
            "Categories", "rule.category",
            "Malware Action", "rule.description",
            "User Group", "group.name",
            "Application Name", "network.application",
            "VLAN ID", "network.vlan.id"));

    static {
        PLACES.put("dvc", (value, event) -> event.text(OBSERVER_IP, Addresses.canonical(value)));
        PLACES.put(
                "dvchost",
                (value, event) -> event.text(OBSERVER_HOSTNAME, value).relatedHost(EventDraft.hostForm(value)));
        PLACES.put("destinationTranslatedPort", port("destination.nat.port"));
        PLACES.put("sourceTranslatedPort", port("source.nat.port"));
        PLACES.put("deviceFacility", CefPlaces::facility);
        PLACES.put("cp_severity", CefPlaces::severity);
        PLACES.put("cp_app_risk", CefPlaces::risk);
        PLACES.put("oldFileHash", Place.of(PREFIX + "oldFileHash").and((value, event) -> event.relatedHash(value)));
        LABELS.put("Duration in Seconds", CefPlaces::duration);
        LABELS.put("Elapsed Time in Seconds", CefPlaces::duration);
        PLACES.put("suser", Place.of("source.user.name").and(Place.of("user.name")));
        PLACES.put("duser", Place.of("destination.user.name").and(CefPlaces::userIfNone));
        PLACES.put("fileHash", CefPlaces::hash);
        PLACES.put("deviceDirection", CefPlaces::direction);
        PLACES.put("outcome", Place.of(PREFIX + "outcome"));
        for (String time : new String[] {"rt", "start", "end"}) {
            PLACES.put(time, Place.NOWHERE);
        }
    }

    private CefPlaces() {}

    static void put(Map<String, String> pairs, EventDraft event) {
        pairs.forEach((key, value) -> {
            Place place = key.startsWith("c6a") ? address(pairs.get(key + "Label")) : PLACES.get(key);
            if (place != null) {
                place.put(value, event);
            } else if (!isLabel(key) || !pairs.containsKey(key.substring(0, key.length() - 5))) {
                event.text(Fields.of(name(key, pairs)), value);
                labelled(pairs.get(key + "Label"), value, event);
            }
        });
    }

    /** The dictionary has no key for the ends of IPv6; custom addresses stand for them, named so by ArcSight's own connectors. */
    private static Place address(String label) {
        return label == null
                ? null
                : switch (label) {
                    case "Source IPv6 Address" -> SOURCE;
                    case "Destination IPv6 Address" -> DESTINATION;
                    default -> null;
                };
    }

    private static void labelled(String label, String value, EventDraft event) {
        Place place = label == null ? null : LABELS.get(label);
        if (place != null) {
            place.put(value, event);
        }
    }

    /** Zero of what is not translated. */
    private static Place port(String name) {
        Field field = Fields.of(name);
        return (value, event) -> {
            long port = Numbers.parse(value);
            event.number(field, port <= 65_535 ? port : -1);
        };
    }

    private static void duration(String value, EventDraft event) {
        long seconds = Numbers.parse(value);
        if (seconds >= 0 && seconds < 1_000_000_000) {
            event.number(Fields.EVENT_DURATION, seconds * 1_000_000_000);
        }
    }

    /** Of Check Point it is the kind of the device that wrote the log. */
    private static void facility(String value, EventDraft event) {
        event.text(Fields.of(PREFIX + "deviceFacility"), value);
        if ("Check Point".equals(event.get(Fields.OBSERVER_VENDOR))) {
            event.text(
                    Fields.OBSERVER_TYPE,
                    switch (value) {
                        case "0" -> "Network";
                        case "1" -> "Endpoint";
                        case "2" -> "Access";
                        case "3" -> "Threat";
                        case "4" -> "Mobile";
                        default -> null;
                    });
        }
    }

    /** Check Point's words, which its syslog has as numbers. */
    private static void severity(String value, EventDraft event) {
        event.text(Fields.of(PREFIX + "cp_severity"), value);
        event.number(
                Fields.EVENT_SEVERITY,
                switch (value) {
                    case "Unknown", "Informational" -> 0;
                    case "Very-Low", "Low" -> 1;
                    case "Medium" -> 2;
                    case "High" -> 3;
                    case "Very-High", "Critical" -> 4;
                    default -> -1;
                });
    }

    private static void risk(String value, EventDraft event) {
        event.text(Fields.of(PREFIX + "cp_app_risk"), value);
        double risk = switch (value) {
            case "Unknown", "Informational" -> 0;
            case "Very-Low" -> 1;
            case "Low" -> 2;
            case "Medium" -> 3;
            case "High" -> 4;
            case "Very-High", "Critical" -> 5;
            default -> -1;
        };
        event.put(Fields.EVENT_RISK_SCORE, risk < 0 ? null : risk);
    }

    /** {@code cs1Label} names what {@code cs1} is. */
    private static boolean isLabel(String key) {
        return key.length() > 5 && key.endsWith("Label");
    }

    private static String name(String key, Map<String, String> pairs) {
        String label = key.length() <= 16 ? pairs.get(key + "Label") : null;
        if (label == null || label.length() > MAX_LABEL) {
            return PREFIX + key;
        }
        StringBuilder name = new StringBuilder("cef.custom.");
        int start = name.length();
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                name.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
            } else if (name.length() > start && name.charAt(name.length() - 1) != '_') {
                name.append('_');
            }
        }
        if (name.length() > start && name.charAt(name.length() - 1) == '_') {
            name.setLength(name.length() - 1);
        }
        return name.length() == start ? PREFIX + key : name.toString();
    }

    private static void userIfNone(String value, EventDraft event) {
        if (event.get(Fields.USER_NAME) == null) {
            event.user(value);
        }
    }

    private static void hash(String value, EventDraft event) {
        switch (value.length()) {
            case 32 -> event.hash(Fields.FILE_HASH_MD5, value);
            case 40 -> event.hash(SHA1, value);
            case 64 -> event.hash(Fields.FILE_HASH_SHA256, value);
            case 128 -> event.hash(SHA512, value);
            default -> event.text(Fields.of(PREFIX + "fileHash"), value);
        }
    }

    private static void direction(String value, EventDraft event) {
        event.text(
                Fields.NETWORK_DIRECTION,
                switch (value) {
                    case "0", "inbound" -> "inbound";
                    case "1", "outbound" -> "outbound";
                    default -> null;
                });
    }
}
