package jp.hinomi.ingest.decode.zeek;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.tls.NameFields;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** {@code ssl.log}, {@code quic.log}, {@code x509.log} and {@code ocsp.log}. */
final class ZeekTls {
    static final Set<String> HANDSHAKE = Set.of(
            "version",
            "cipher",
            "curve",
            "server_name",
            "resumed",
            "next_protocol",
            "established",
            "cert_chain_fps",
            "subject",
            "issuer",
            "client_subject",
            "client_issuer",
            "ja3",
            "ja3s");

    static final Set<String> CERTIFICATE = Set.of(
            "fingerprint",
            "certificate.version",
            "certificate.serial",
            "certificate.subject",
            "certificate.issuer",
            "certificate.not_valid_before",
            "certificate.not_valid_after",
            "certificate.key_alg",
            "certificate.sig_alg",
            "certificate.key_length",
            "certificate.exponent",
            "certificate.curve",
            "san.dns",
            "san.uri",
            "san.email",
            "san.ip",
            "cert");

    static final Set<String> KNOWN = Set.of("host", "port_num", "subject", "issuer_subject", "serial");

    private static final NameFields SUBJECT = NameFields.under("tls.server.x509.subject");
    private static final NameFields ISSUER = NameFields.under("tls.server.x509.issuer");
    private static final NameFields CLIENT_SUBJECT = NameFields.under("tls.client.x509.subject");
    private static final NameFields CLIENT_ISSUER = NameFields.under("tls.client.x509.issuer");
    private static final Field CLIENT_SUBJECT_NAME = Fields.of("tls.client.subject");
    private static final Field CLIENT_ISSUER_NAME = Fields.of("tls.client.issuer");
    private static final Field SERVER_SHA256 = Fields.of("tls.server.hash.sha256");
    private static final Field SERVER_SERIAL = Fields.of("tls.server.x509.serial_number");
    private static final Field SERVER_SHA1 = Fields.of("tls.server.hash.sha1");
    private static final Field CLIENT_SHA256 = Fields.of("tls.client.hash.sha256");

    private static final NameFields FILE_SUBJECT = NameFields.under("file.x509.subject");
    private static final NameFields FILE_ISSUER = NameFields.under("file.x509.issuer");
    private static final Field VERSION = Fields.of("file.x509.version_number");
    private static final Field SERIAL = Fields.of("file.x509.serial_number");
    private static final Field NOT_BEFORE = Fields.of("file.x509.not_before");
    private static final Field NOT_AFTER = Fields.of("file.x509.not_after");
    private static final Field KEY_ALGORITHM = Fields.of("file.x509.public_key_algorithm");
    private static final Field KEY_SIZE = Fields.of("file.x509.public_key_size");
    private static final Field KEY_EXPONENT = Fields.of("file.x509.public_key_exponent");
    private static final Field KEY_CURVE = Fields.of("file.x509.public_key_curve");
    private static final Field SIGNATURE = Fields.of("file.x509.signature_algorithm");
    private static final Field NAMES = Fields.of("file.x509.alternative_names");
    private static final Field FILE_SHA1 = Fields.of("file.hash.sha1");
    private static final String[] ALTERNATIVE = {"san.dns", "san.uri", "san.email", "san.ip"};

    private ZeekTls() {}

    static void handshake(JsonObject ssl, EventDraft event) {
        TlsFields.version(ssl.text("version"), event);
        event.text(TlsFields.CIPHER, ssl.text("cipher")).text(TlsFields.CURVE, ssl.text("curve"));
        name(ssl.text("server_name"), event);
        event.put(TlsFields.RESUMED, ssl.flag("resumed")).put(TlsFields.ESTABLISHED, ssl.flag("established"));
        ZeekLogs.outcome(ssl.flag("established"), event);
        event.text(TlsFields.NEXT_PROTOCOL, ssl.text("next_protocol"));
        String subject = ssl.text("subject");
        String issuer = ssl.text("issuer");
        event.text(Fields.TLS_SERVER_SUBJECT, subject).text(Fields.TLS_SERVER_ISSUER, issuer);
        SUBJECT.put(subject, event);
        ISSUER.put(issuer, event);
        event.text(CLIENT_SUBJECT_NAME, ssl.text("client_subject")).text(CLIENT_ISSUER_NAME, ssl.text("client_issuer"));
        CLIENT_SUBJECT.put(ssl.text("client_subject"), event);
        CLIENT_ISSUER.put(ssl.text("client_issuer"), event);
        fingerprint(SERVER_SHA256, SERVER_SHA1, ssl.texts("cert_chain_fps"), event);
        fingerprint(CLIENT_SHA256, null, ssl.texts("client_cert_chain_fps"), event);
        TlsFields.ja3(ssl.text("ja3"), event);
        TlsFields.ja3s(ssl.text("ja3s"), event);
        event.text(Fields.EVENT_REASON, ssl.text("last_alert"));
    }

    static void quic(JsonObject quic, EventDraft event) {
        name(quic.text("server_name"), event);
        event.text(TlsFields.NEXT_PROTOCOL, quic.text("client_protocol"));
    }

    private static void name(String name, EventDraft event) {
        TlsFields.serverName(name, event);
        event.host(Fields.DESTINATION_DOMAIN, name);
    }

    /** Of the chain the first is the end's own. */
    private static void fingerprint(Field sha256, Field sha1, List<String> chain, EventDraft event) {
        if (!chain.isEmpty()) {
            int length = chain.get(0).length();
            Field field = length == 64 ? sha256 : length == 40 ? sha1 : null;
            if (field != null) {
                TlsFields.certificateHash(field, chain.get(0), event);
            }
        }
    }

    static void certificate(JsonObject x509, EventDraft event) {
        String fingerprint = x509.text("fingerprint");
        if (fingerprint != null && fingerprint.length() == 64) {
            event.hash(Fields.FILE_HASH_SHA256, fingerprint);
        } else if (fingerprint != null && fingerprint.length() == 40) {
            event.hash(FILE_SHA1, fingerprint);
        }
        event.text(VERSION, x509.text("certificate.version"));
        String serial = x509.text("certificate.serial");
        event.text(SERIAL, serial == null ? null : serial.toUpperCase(Locale.ROOT));
        FILE_SUBJECT.put(x509.text("certificate.subject"), event);
        FILE_ISSUER.put(x509.text("certificate.issuer"), event);
        event.text(NOT_BEFORE, ZeekLogs.time(x509, "certificate.not_valid_before"));
        event.text(NOT_AFTER, ZeekLogs.time(x509, "certificate.not_valid_after"));
        event.text(KEY_ALGORITHM, x509.text("certificate.key_alg"))
                .text(SIGNATURE, signature(x509.text("certificate.sig_alg")));
        event.number(KEY_SIZE, x509.number("certificate.key_length"));
        event.number(KEY_EXPONENT, x509.number("certificate.exponent"));
        event.text(KEY_CURVE, x509.text("certificate.curve"));
        List<String> names = new ArrayList<>(4);
        for (String kind : ALTERNATIVE) {
            names.addAll(x509.texts(kind));
        }
        event.put(NAMES, names);
        for (String name : x509.texts("san.dns")) {
            event.relatedHost(EventDraft.hostForm(name));
        }
    }

    /** A certificate that a server of ours shows. */
    static void known(JsonObject known, EventDraft event) {
        event.ip(Fields.HOST_IP, known.text("host"));
        event.destination(known.text("host")).number(Fields.DESTINATION_PORT, known.number("port_num"));
        String subject = known.text("subject");
        String issuer = known.text("issuer_subject");
        event.text(Fields.TLS_SERVER_SUBJECT, subject).text(Fields.TLS_SERVER_ISSUER, issuer);
        SUBJECT.put(subject, event);
        ISSUER.put(issuer, event);
        String serial = known.text("serial");
        event.text(SERVER_SERIAL, serial == null ? null : serial.toUpperCase(Locale.ROOT));
    }

    static void revocation(JsonObject ocsp, EventDraft event) {
        String serial = ocsp.text("serialNumber");
        event.text(SERIAL, serial == null ? null : serial.toUpperCase(Locale.ROOT));
        event.action(ocsp.text("certStatus")).text(Fields.EVENT_REASON, ocsp.text("revokereason"));
    }

    /** OpenSSL's names of signature algorithms as ECS's examples have them, {@code SHA256-RSA}. */
    private static String signature(String name) {
        return name == null
                ? null
                : switch (name) {
                    case "md2WithRSAEncryption" -> "MD2-RSA";
                    case "md5WithRSAEncryption" -> "MD5-RSA";
                    case "sha1WithRSAEncryption", "sha-1WithRSAEncryption" -> "SHA1-RSA";
                    case "sha256WithRSAEncryption" -> "SHA256-RSA";
                    case "sha384WithRSAEncryption" -> "SHA384-RSA";
                    case "sha512WithRSAEncryption" -> "SHA512-RSA";
                    case "dsaWithSha1" -> "DSA-SHA1";
                    case "dsaWithSha256" -> "DSA-SHA256";
                    case "ecdsa-with-SHA1" -> "ECDSA-SHA1";
                    case "ecdsa-with-SHA256" -> "ECDSA-SHA256";
                    case "ecdsa-with-SHA384" -> "ECDSA-SHA384";
                    case "ecdsa-with-SHA512" -> "ECDSA-SHA512";
                    case "id-Ed25519" -> "Ed25519";
                    default -> name;
                };
    }
}
