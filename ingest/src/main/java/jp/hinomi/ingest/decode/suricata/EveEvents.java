package jp.hinomi.ingest.decode.suricata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/** What each EVE event type says. An alert carries the objects of the protocol it was raised in as well. */
final class EveEvents {
    private static final String NETWORK = "network";
    private static final List<String> WEB = List.of(NETWORK, "web");
    private static final List<String> REQUEST = List.of("access", "protocol");
    private static final List<String> DENIED = List.of("connection", "denied");
    private static final List<String> STARTED = List.of("connection", "start");
    private static final List<String> ENDED = List.of("connection", "end");
    private static final Field FILE_SHA1 = Fields.of("file.hash.sha1");
    private static final Field FILE_MIME = Fields.of("file.mime_type");
    private static final Field XFF = Fields.of("network.forwarded_ip");
    private static final int MAX_TEXTS = 256;

    /** Event types that are named after the protocol they describe. */
    private static final Set<String> PROTOCOLS = Set.of(
            "dns",
            "tls",
            "ssh",
            "smtp",
            "smb",
            "dhcp",
            "krb5",
            "mqtt",
            "ftp",
            "tftp",
            "nfs",
            "rdp",
            "sip",
            "snmp",
            "ike",
            "ikev1",
            "ikev2",
            "rfb",
            "pgsql",
            "quic",
            "modbus",
            "dnp3",
            "enip",
            "telnet",
            "rpc",
            "dcerpc",
            "ldap",
            "mdns",
            "websocket",
            "bittorrent_dht",
            "arp",
            "doh2",
            "pop3",
            "imap",
            "ntp");

    private EveEvents() {}

    static void describe(String type, JsonObject eve, EventDraft event) {
        boolean isAlert = type.equals("alert");
        JsonObject flow = eve.object(type.equals("netflow") ? "netflow" : "flow");
        event.action(type);
        classify(type, eve, flow, event);
        JsonObject dns = eve.object("dns");
        if (!dns.isEmpty()) {
            EveDns.describe(dns, type.equals("dns"), event);
        }
        EveWeb.describe(eve.object("http"), type.startsWith("http"), event);
        EveTls.describe(eve.object("tls"), event);
        EveTls.describe(eve.object("quic"), event);
        EveProtocols.describe(eve, isAlert, event);
        file(fileOf(eve), event);
        event.text(Fields.EVENT_REASON, eve.object("anomaly").text("event"));
        EveFlow.describe(flow, event);
        if (isAlert) {
            EveAlert.describe(eve.object("alert"), event);
        }
        String forwarded = eve.text("xff");
        if (forwarded != null) {
            event.ip(XFF, forwarded);
        }
        EveFields.ALL.put(eve, event);
    }

    private static void classify(String type, JsonObject eve, JsonObject flow, EventDraft event) {
        switch (type) {
            case "http", "http2" -> event.classify(WEB, REQUEST).text(Fields.NETWORK_PROTOCOL, "http");
            case "ftp_data" -> event.classify(NETWORK, "protocol").text(Fields.NETWORK_PROTOCOL, "ftp");
            case "flow" -> event.classify(NETWORK, ofState(flow.text("state")));
            case "netflow" -> event.classify(NETWORK, "connection");
            case "drop" -> event.classify(NETWORK, DENIED).outcome(false);
            case "stats" -> event.kind("metric").classify(NETWORK, "info");
            default -> {
                if (PROTOCOLS.contains(type)) {
                    event.classify(NETWORK, "protocol").text(Fields.NETWORK_PROTOCOL, type);
                } else {
                    event.classify(NETWORK, "info");
                }
            }
        }
        String application = eve.text("app_proto");
        if ("ftp-data".equals(application)) {
            event.text(Fields.NETWORK_PROTOCOL, "ftp");
        }
    }

    /** A flow is logged when it is over; {@code new}: nobody answered, so all that is known is that it began. */
    private static Object ofState(String state) {
        if ("new".equals(state)) {
            return STARTED;
        }
        return "closed".equals(state) ? ENDED : "connection";
    }

    /** {@code fileinfo}, or the first of an alert's {@code files}. */
    private static JsonObject fileOf(JsonObject eve) {
        List<Object> files = eve.list("files");
        return !files.isEmpty() && files.get(0) instanceof JsonObject file ? file : eve.object("fileinfo");
    }

    private static void file(JsonObject file, EventDraft event) {
        if (file.isEmpty()) {
            return;
        }
        String path = file.text("filename");
        if (path != null) {
            event.text(Fields.FILE_PATH, path);
            event.text(Fields.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
        }
        event.number(Fields.FILE_SIZE, file.number("size"));
        hash(Fields.FILE_HASH_SHA256, file.text("sha256"), event);
        hash(FILE_SHA1, file.text("sha1"), event);
        hash(Fields.FILE_HASH_MD5, file.text("md5"), event);
        event.text(FILE_MIME, file.text("mimetype"));
    }

    private static void hash(Field field, String hash, EventDraft event) {
        if (hash != null) {
            event.text(field, hash).relatedHash(hash);
        }
    }

    /** Values of an array as text. */
    static List<Object> texts(List<Object> values) {
        List<Object> all = new ArrayList<>(Math.min(values.size(), MAX_TEXTS));
        for (Object value : values) {
            if (!(value instanceof JsonObject) && !(value instanceof List<?>) && all.size() < MAX_TEXTS) {
                all.add(value.toString());
            }
        }
        return all;
    }
}
