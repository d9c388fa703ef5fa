package jp.hinomi.ingest.decode.paloalto;

import java.time.Instant;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.CommunityId;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** What logs of sessions share: when, how long, which way, and the flags of the session. */
final class Sessions {
    private static final Field SOURCE_NAT = Fields.of("source.nat.ip");
    private static final Field DESTINATION_NAT = Fields.of("destination.nat.ip");
    private static final Field SOURCE_NAT_PORT = Fields.of("source.nat.port");
    private static final Field DESTINATION_NAT_PORT = Fields.of("destination.nat.port");
    private static final Field FLAGS = Fields.of("panw.panos.flags");
    private static final Field X509_NOT_BEFORE = Fields.of("tls.server.x509.not_before");
    private static final Field X509_NOT_AFTER = Fields.of("tls.server.x509.not_after");

    /** Of the column Flags, from the highest bit on; a gap is a bit without a documented meaning. */
    private static final String[] FLAG_NAMES = {
        "pcap_included",
        "connect_to_destination_host",
        "file_submitted_to_WildFire",
        "enterprise_credential_submission",
        "source_flow_allow_list",
        null,
        "ipv6_session",
        "ssl_decrypted",
        "url_filter_denied",
        "nat_translated",
        "captive_portal",
        "non_standard_port_usage",
        "x_forwarded_for",
        "http_proxy",
        "client_server_policy_based_forwarding",
        "server_client_policy_based_forwarding",
        "container_page",
        null,
        "temporary_match",
        null,
        "symmetric_return",
        "decrypted_traffic",
        null,
        "payload_outer_tunnel"
    };

    private static final Field[] FLAG_FIELDS = new Field[FLAG_NAMES.length];

    static {
        for (int i = 0; i < FLAG_NAMES.length; i++) {
            FLAG_FIELDS[i] = FLAG_NAMES[i] == null ? null : Fields.of("labels." + FLAG_NAMES[i]);
        }
    }

    private Sessions() {}

    static void describe(LogType type, CsvRow row, PanTime time, EventDraft event) {
        long start = time.millis(type.get(row, "start_time"));
        long seconds = Numbers.parse(type.get(row, "elapsed_time"));
        if (start != PanTime.UNREADABLE) {
            event.text(Fields.EVENT_START, Instant.ofEpochMilli(start).toString());
        }
        if (seconds >= 0 && seconds < 1_000_000_000) {
            event.number(Fields.EVENT_DURATION, seconds * 1_000_000_000);
            if (start != PanTime.UNREADABLE) {
                event.text(
                        Fields.EVENT_END,
                        Instant.ofEpochMilli(start + seconds * 1000).toString());
            }
        }
        flags(type.get(row, "flags"), event);
        NetworkFields.type(event);
        NetworkFields.direction(type.get(row, "source.zone"), type.get(row, "destination.zone"), event);
        if (event.get(Fields.SOURCE_PORT) instanceof Long port && port > 0) {
            NetworkFields.communityId(event);
            translated(event);
        }
    }

    /** The session as it is seen on the other side of the translation, beside the session as it came. */
    private static void translated(EventDraft event) {
        if (event.get(SOURCE_NAT) instanceof String source
                && event.get(DESTINATION_NAT) instanceof String destination
                && event.get(SOURCE_NAT_PORT) instanceof Long sourcePort
                && event.get(DESTINATION_NAT_PORT) instanceof Long destinationPort
                && sourcePort > 0
                && destinationPort > 0
                && event.get(Fields.NETWORK_IANA_NUMBER) instanceof String protocol) {
            Object own = event.get(Fields.NETWORK_COMMUNITY_ID);
            String other = CommunityId.of(
                    (int) Numbers.parse(protocol),
                    source,
                    destination,
                    sourcePort.intValue(),
                    destinationPort.intValue());
            if (own != null && !own.equals(other)) {
                event.put(Fields.NETWORK_COMMUNITY_ID, List.of(own, other));
            }
        }
    }

    /** A hexadecimal number of 32 bits, {@code 0x400053}. */
    private static void flags(String text, EventDraft event) {
        if (text.length() < 3 || text.length() > 10 || !text.startsWith("0x")) {
            return;
        }
        long bits = 0;
        for (int i = 2; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return;
            }
            bits = bits << 4 | digit;
        }
        event.text(FLAGS, bits == 0 ? null : text);
        for (int i = 0; i < FLAG_FIELDS.length; i++) {
            if (FLAG_FIELDS[i] != null && (bits >>> 31 - i & 1) == 1) {
                event.put(FLAG_FIELDS[i], Boolean.TRUE);
            }
        }
    }

    static void certificate(LogType type, CsvRow row, PanTime time, EventDraft event) {
        String from = time.rfc3339(type.get(row, "certificate.not_before"));
        String until = time.rfc3339(type.get(row, "certificate.not_after"));
        event.text(TlsFields.SERVER_NOT_BEFORE, from).text(X509_NOT_BEFORE, from);
        event.text(TlsFields.SERVER_NOT_AFTER, until).text(X509_NOT_AFTER, until);
    }
}
