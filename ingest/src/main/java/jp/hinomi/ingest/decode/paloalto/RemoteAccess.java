package jp.hinomi.ingest.decode.paloalto;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * GlobalProtect logs: who logs in to portal and gateway, from where, and the tunnel that comes of it. The source is where
 * the packets come from; the address inside the tunnel is {@code panw.panos.private.ip} and the host's.
 */
final class RemoteAccess {
    private static final Field PUBLIC_V6 = Fields.of("panw.panos.public.ipv6");
    private static final Field PRIVATE = Fields.of("panw.panos.private.ip");
    private static final Field PRIVATE_V6 = Fields.of("panw.panos.private.ipv6");

    private RemoteAccess() {}

    static void describe(LogType type, CsvRow row, EventDraft event) {
        addresses(type, row, event);
        String id = type.get(row, "event.id").toLowerCase(Locale.ROOT);
        String stage = type.get(row, "stage").toLowerCase(Locale.ROOT);
        event.action(id.isEmpty() ? "globalprotect" : id);
        if (id.endsWith("-auth") || id.endsWith("-login") || stage.equals("login")) {
            event.classify("authentication", "start");
        } else if (id.contains("logout") || stage.equals("logout")) {
            event.classify(List.of("authentication", "session"), "end");
        } else if (id.contains("connected") || stage.equals("connected")) {
            event.classify(List.of("network", "session"), List.of("connection", "start"));
        } else if (stage.equals("tunnel")) {
            event.classify("network", List.of("connection", "info"));
        } else {
            event.classify("network", "info");
        }
        Meanings.outcome(type.get(row, "event.status"), event);
        String error = type.get(row, "error_message");
        if (event.get(Fields.EVENT_REASON) == null) {
            event.text(Fields.EVENT_REASON, error);
        }
        long seconds = Numbers.parse(type.get(row, "login_duration"));
        if (seconds >= 0 && seconds < 1_000_000_000) {
            event.number(Fields.EVENT_DURATION, seconds * 1_000_000_000);
        }
        NetworkFields.type(event);
    }

    private static void addresses(LogType type, CsvRow row, EventDraft event) {
        String outside = type.get(row, "public.ip");
        String outside6 = type.get(row, "public.ipv6");
        event.source(none(outside) ? none(outside6) ? null : outside6 : outside);
        if (!none(outside6)) {
            event.ip(PUBLIC_V6, outside6);
        }
        String inside = type.get(row, "private.ip");
        String inside6 = type.get(row, "private.ipv6");
        if (!none(inside6)) {
            event.ip(PRIVATE_V6, inside6);
            event.ip(Fields.HOST_IP, inside6);
        }
        if (!none(inside)) {
            event.ip(PRIVATE, inside);
            event.ip(Fields.HOST_IP, inside);
        }
    }

    private static boolean none(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }
}
