package jp.hinomi.ingest.decode.cef;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;

/** Where the keys of CEF's dictionary (version 0.1 and 1) go. What it does not have stays below {@code cef.extensions}. */
final class CefPlaces {
    private static final String PREFIX = "cef.extensions.";
    private static final int MAX_LABEL = 64;
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
            "sourceTranslatedPort", "source.nat.port",
            "dst", "destination.address",
            "dpt", "destination.port",
            "dmac", "destination.mac",
            "duid", "destination.user.id",
            "destinationTranslatedAddress", "destination.nat.ip",
            "destinationTranslatedPort", "destination.nat.port",
            "shost", "source.domain",
            "dhost", "destination.domain",
            "dvc", "observer.ip",
            "dvchost", "observer.hostname",
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

    static {
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
