package jp.hinomi.ingest.decode.fortigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** What a FortiGate says of a TLS connection that it looked into: {@code tls.*}. Stateless. */
final class SslFields {
    private static final Field SERVER_NAME = Fields.of("tls.server.x509.subject.common_name");
    private static final Field ISSUER_NAME = Fields.of("tls.server.x509.issuer.common_name");
    private static final Field CLIENT_ISSUER = Fields.of("tls.client.issuer");
    private static final Field CLIENT_ISSUER_NAME = Fields.of("tls.client.x509.issuer.common_name");
    private static final Field SERIAL = Fields.of("tls.server.x509.serial_number");
    private static final Field KEY_ALGORITHM = Fields.of("tls.server.x509.public_key_algorithm");
    private static final Field KEY_SIZE = Fields.of("tls.server.x509.public_key_size");
    private static final Field NOT_BEFORE = Fields.of("tls.server.x509.not_before");
    private static final Field NOT_AFTER = Fields.of("tls.server.x509.not_after");
    private static final Field NAMES = Fields.of("tls.server.x509.alternative_names");
    private static final Field SHA1 = Fields.of("tls.server.hash.sha1");

    /** The times of certificates are UTC. */
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    private static final int MAX_NAMES = 64;

    private SslFields() {}

    /** Also other profiles name the certificate of the server that they saw. */
    static void certificate(KeyValues values, EventDraft event) {
        event.text(SERVER_NAME, values.get(Key.SCERTCNAME));
        issuer(values.get(Key.SCERTISSUER), event);
        event.text(CLIENT_ISSUER, values.get(Key.CCERTISSUER)).text(CLIENT_ISSUER_NAME, values.get(Key.CCERTISSUER));
    }

    static void describe(KeyValues values, EventDraft event) {
        issuer(values.get(Key.ISSUER), event);
        event.text(SERVER_NAME, values.get(Key.CN)).put(NAMES, names(values.get(Key.SAN)));
        event.text(SERIAL, values.get(Key.SN));
        String algorithm = values.get(Key.KEYALGO);
        event.text(KEY_ALGORITHM, algorithm == null ? values.get(Key.AUTHALGO) : algorithm);
        event.number(KEY_SIZE, Numbers.parse(values.get(Key.KEYSIZE)));
        TlsFields.certificateHash(SHA1, values.get(Key.CERTHASH), event);
        String notBefore = time(values.get(Key.NOTBEFORE));
        String notAfter = time(values.get(Key.NOTAFTER));
        event.text(TlsFields.SERVER_NOT_BEFORE, notBefore).text(NOT_BEFORE, notBefore);
        event.text(TlsFields.SERVER_NOT_AFTER, notAfter).text(NOT_AFTER, notAfter);
        event.text(TlsFields.CIPHER, values.get(Key.CIPHER)).text(TlsFields.CURVE, values.get(Key.KXCURVE));
        TlsFields.version(values.get(Key.TLSVER), event);
        TlsFields.serverName(values.get(Key.SNI), event);
        if (event.get(Fields.DESTINATION_DOMAIN) == null) {
            event.host(Fields.DESTINATION_DOMAIN, values.get(Key.SNI));
        }
        if ("full".equals(values.get(Key.HANDSHAKE))) {
            event.put(TlsFields.ESTABLISHED, true);
        }
    }

    private static void issuer(String name, EventDraft event) {
        event.text(Fields.TLS_SERVER_ISSUER, name).text(ISSUER_NAME, name);
    }

    private static List<String> names(String joined) {
        List<String> names = new ArrayList<>();
        int from = 0;
        while (joined != null && from < joined.length() && names.size() < MAX_NAMES) {
            int semicolon = joined.indexOf(';', from);
            int end = semicolon < 0 ? joined.length() : semicolon;
            if (end > from) {
                names.add(joined.substring(from, end).toLowerCase(Locale.ROOT));
            }
            from = end + 1;
        }
        return names;
    }

    private static String time(String stamp) {
        TimeScan scan = new TimeScan(UTC);
        return stamp != null && scan.iso(stamp, 0)
                ? java.time.Instant.ofEpochMilli(scan.millis).toString()
                : null;
    }
}
