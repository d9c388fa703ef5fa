package jp.hinomi.ingest.decode.zeek;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/** {@code files.log}, {@code pe.log}, and what is done with files over SMB. */
final class ZeekFiles {
    static final Set<String> TRANSFER =
            Set.of("tx_hosts", "rx_hosts", "mime_type", "filename", "duration", "total_bytes", "md5", "sha1", "sha256");
    static final Set<String> SHARE =
            Set.of("size", "times.modified", "times.accessed", "times.created", "times.changed", "times");

    private static final Field MIME = Fields.of("file.mime_type");
    private static final Field SHA1 = Fields.of("file.hash.sha1");
    private static final Field ARCHITECTURE = Fields.of("file.pe.architecture");
    private static final Field SECTIONS = Fields.of("file.pe.sections.name");
    private static final Field MODIFIED = Fields.of("file.mtime");
    private static final Field ACCESSED = Fields.of("file.accessed");
    private static final Field CREATED = Fields.of("file.created");
    private static final Field CHANGED = Fields.of("file.ctime");

    /** What SMB::Action is by ECS. */
    private static final Map<String, String> ACTIONS = Map.of(
            "FILE_READ", "access",
            "FILE_WRITE", "change",
            "FILE_OPEN", "access",
            "FILE_CLOSE", "access",
            "FILE_DELETE", "deletion",
            "FILE_RENAME", "change",
            "FILE_SET_ATTRIBUTE", "change");

    private ZeekFiles() {}

    static void transfer(JsonObject file, EventDraft event) {
        // Up to Zeek 5 the ends are sets: who sent and who received.
        List<String> senders = file.texts("tx_hosts");
        List<String> receivers = file.texts("rx_hosts");
        if (event.get(Fields.SOURCE_ADDRESS) == null) {
            // Who sent a file is the server, unless it went the way of the connection: then the client did.
            boolean upload = Boolean.TRUE.equals(file.flag("is_orig"));
            part(upload ? receivers : senders, Fields.SERVER_IP, event);
            part(upload ? senders : receivers, Fields.CLIENT_IP, event);
        }
        if (event.get(Fields.SOURCE_ADDRESS) == null && !senders.isEmpty()) {
            event.source(senders.get(0));
        }
        if (event.get(Fields.DESTINATION_ADDRESS) == null && !receivers.isEmpty()) {
            event.destination(receivers.get(0));
        }
        String protocol = file.text("source");
        protocol = protocol == null ? null : protocol.toLowerCase(Locale.ROOT);
        event.text(Fields.NETWORK_PROTOCOL, "ssl".equals(protocol) ? "tls" : protocol);
        path(file.text("filename"), event);
        event.text(MIME, file.text("mime_type")).number(Fields.EVENT_DURATION, ZeekLogs.nanos(file, "duration"));
        event.number(Fields.FILE_SIZE, file.number("total_bytes"));
        event.hash(Fields.FILE_HASH_MD5, file.text("md5")).hash(SHA1, file.text("sha1"));
        event.hash(Fields.FILE_HASH_SHA256, file.text("sha256"));
    }

    private static void part(List<String> hosts, Field field, EventDraft event) {
        if (!hosts.isEmpty()) {
            event.ip(field, hosts.get(0));
        }
    }

    static void executable(JsonObject pe, EventDraft event) {
        event.text(ARCHITECTURE, pe.text("machine")).put(SECTIONS, pe.texts("section_names"));
    }

    static void share(JsonObject smb, EventDraft event) {
        String action = smb.text("action");
        String plain = action == null ? null : action.substring(action.lastIndexOf(':') + 1);
        event.action(action);
        String type = plain == null ? null : ACTIONS.get(plain);
        if (type != null) {
            event.put(Fields.EVENT_TYPE, List.of("connection", "protocol", "info", type));
        }
        String share = smb.text("path");
        String name = smb.text("name");
        path(share != null && name != null ? share + '\\' + name : name, event);
        event.number(Fields.FILE_SIZE, smb.number("size"));
        event.text(MODIFIED, ZeekLogs.time(smb, "times.modified")).text(ACCESSED, ZeekLogs.time(smb, "times.accessed"));
        event.text(CREATED, ZeekLogs.time(smb, "times.created")).text(CHANGED, ZeekLogs.time(smb, "times.changed"));
    }

    static void mapping(JsonObject smb, EventDraft event) {
        event.action("tree-connect").text(Fields.FILE_PATH, smb.text("path"));
    }

    static void command(JsonObject smb, EventDraft event) {
        event.action(smb.text("command")).user(smb.text("username"));
        event.number(Fields.EVENT_DURATION, ZeekLogs.nanos(smb, "rtt"));
        String status = smb.text("status");
        if (status != null && !status.equals("MORE_PROCESSING_REQUIRED")) {
            event.outcome(status.equals("SUCCESS"));
        }
    }

    static void path(String path, EventDraft event) {
        if (path != null && !path.isEmpty()) {
            int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
            event.text(Fields.FILE_PATH, slash < 0 ? null : path).text(Fields.FILE_NAME, path.substring(slash + 1));
        }
    }
}
