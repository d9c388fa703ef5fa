package jp.hinomi.ingest.decode.suricata;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.tls.NameFields;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** The objects {@code tls} and {@code quic} of EVE: the handshake, the certificates of both ends, fingerprints. */
final class EveTls {
    private static final NameFields SUBJECT = NameFields.under("tls.server.x509.subject");
    private static final NameFields ISSUER = NameFields.under("tls.server.x509.issuer");
    private static final NameFields CLIENT_SUBJECT = NameFields.under("tls.client.x509.subject");
    private static final NameFields CLIENT_ISSUER = NameFields.under("tls.client.x509.issuer");
    private static final Field SERIAL = Fields.of("tls.server.x509.serial_number");
    private static final Field X509_NOT_BEFORE = Fields.of("tls.server.x509.not_before");
    private static final Field X509_NOT_AFTER = Fields.of("tls.server.x509.not_after");
    private static final Field ALTERNATIVE_NAMES = Fields.of("tls.server.x509.alternative_names");
    private static final Field CERTIFICATE = Fields.of("tls.server.certificate");
    private static final Field CHAIN = Fields.of("tls.server.certificate_chain");
    private static final Field SHA1 = Fields.of("tls.server.hash.sha1");
    private static final Field CLIENT_SUBJECT_NAME = Fields.of("tls.client.subject");
    private static final Field CLIENT_ISSUER_NAME = Fields.of("tls.client.issuer");
    private static final Field CLIENT_SHA1 = Fields.of("tls.client.hash.sha1");
    private static final Field CLIENT_SERIAL = Fields.of("tls.client.x509.serial_number");
    private static final Field CLIENT_NOT_BEFORE = Fields.of("tls.client.not_before");
    private static final Field CLIENT_NOT_AFTER = Fields.of("tls.client.not_after");

    /** The times of certificates are UTC, and written without saying so. */
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    private EveTls() {}

    static void describe(JsonObject tls, EventDraft event) {
        if (tls.isEmpty()) {
            return;
        }
        String name = tls.text("sni");
        TlsFields.serverName(name, event);
        event.host(Fields.DESTINATION_DOMAIN, name);
        TlsFields.version(tls.text("version"), event);
        if (tls.has("session_resumed")) {
            event.put(TlsFields.RESUMED, "true".equals(tls.text("session_resumed")));
        }
        event.text(TlsFields.NEXT_PROTOCOL, tls.text("server_alpns"));
        TlsFields.ja3(tls.object("ja3").text("hash"), event);
        TlsFields.ja3s(tls.object("ja3s").text("hash"), event);
        server(tls, event);
        client(tls.object("client"), event);
    }

    private static void server(JsonObject tls, EventDraft event) {
        String subject = tls.text("subject");
        String issuer = tls.text("issuerdn");
        event.text(Fields.TLS_SERVER_SUBJECT, subject).text(Fields.TLS_SERVER_ISSUER, issuer);
        SUBJECT.put(subject, event);
        ISSUER.put(issuer, event);
        TlsFields.certificateHash(SHA1, tls.text("fingerprint"), event);
        event.text(SERIAL, serial(tls.text("serial")));
        String notBefore = time(tls.text("notbefore"));
        String notAfter = time(tls.text("notafter"));
        event.text(TlsFields.SERVER_NOT_BEFORE, notBefore).text(X509_NOT_BEFORE, notBefore);
        event.text(TlsFields.SERVER_NOT_AFTER, notAfter).text(X509_NOT_AFTER, notAfter);
        event.put(ALTERNATIVE_NAMES, EveEvents.texts(tls.list("subjectaltname")));
        event.text(CERTIFICATE, tls.text("certificate"));
        event.put(CHAIN, EveEvents.texts(tls.list("chain")));
    }

    private static void client(JsonObject client, EventDraft event) {
        if (client.isEmpty()) {
            return;
        }
        event.text(CLIENT_SUBJECT_NAME, client.text("subject")).text(CLIENT_ISSUER_NAME, client.text("issuerdn"));
        CLIENT_SUBJECT.put(client.text("subject"), event);
        CLIENT_ISSUER.put(client.text("issuerdn"), event);
        TlsFields.certificateHash(CLIENT_SHA1, client.text("fingerprint"), event);
        event.text(CLIENT_SERIAL, serial(client.text("serial")));
        event.text(CLIENT_NOT_BEFORE, time(client.text("notbefore")));
        event.text(CLIENT_NOT_AFTER, time(client.text("notafter")));
    }

    private static String serial(String number) {
        return number == null ? null : number.replace(":", "");
    }

    private static String time(String stamp) {
        TimeScan scan = new TimeScan(UTC);
        return stamp != null && scan.iso(stamp, 0)
                ? java.time.Instant.ofEpochMilli(scan.millis).toString()
                : null;
    }
}
