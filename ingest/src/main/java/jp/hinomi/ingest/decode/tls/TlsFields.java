package jp.hinomi.ingest.decode.tls;

import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** {@code tls.*} from what network sensors say. Stateless. */
public final class TlsFields {
    public static final Field CIPHER = Fields.of("tls.cipher");
    public static final Field CURVE = Fields.of("tls.curve");
    public static final Field ESTABLISHED = Fields.of("tls.established");
    public static final Field RESUMED = Fields.of("tls.resumed");
    public static final Field NEXT_PROTOCOL = Fields.of("tls.next_protocol");
    public static final Field SERVER_NOT_BEFORE = Fields.of("tls.server.not_before");
    public static final Field SERVER_NOT_AFTER = Fields.of("tls.server.not_after");
    private static final Field VERSION_PROTOCOL = Fields.of("tls.version_protocol");
    private static final Field SERVER_JA3S = Fields.of("tls.server.ja3s");

    private TlsFields() {}

    /** {@code TLS 1.2}, {@code TLSv1.2}, {@code TLSv12}, {@code SSLv3}; anything else leaves the fields as they were. */
    public static void version(String version, EventDraft event) {
        if (version == null || version.length() < 4 || version.length() > 10) {
            return;
        }
        String protocol = version.substring(0, 3).toLowerCase(Locale.ROOT);
        if (!protocol.equals("tls") && !protocol.equals("ssl")) {
            return;
        }
        int at = 3;
        while (at < version.length() && (version.charAt(at) == ' ' || (version.charAt(at) | 0x20) == 'v')) {
            at++;
        }
        String number = version.substring(at);
        if (number.isEmpty() || number.charAt(0) < '0' || number.charAt(0) > '9') {
            return;
        }
        if (number.length() == 2 && number.charAt(1) != '.') {
            number = number.charAt(0) + "." + number.charAt(1);
        } else if (number.length() == 1) {
            number += ".0";
        }
        event.text(Fields.TLS_VERSION, number).text(VERSION_PROTOCOL, protocol);
    }

    /** The fingerprint of the client's greeting (JA3), 32 hexadecimal digits. */
    public static void ja3(String hash, EventDraft event) {
        fingerprint(Fields.TLS_CLIENT_JA3, hash, event);
    }

    /** The fingerprint of the server's answer (JA3S). */
    public static void ja3s(String hash, EventDraft event) {
        fingerprint(SERVER_JA3S, hash, event);
    }

    /** A hash of a certificate, with or without colons; ECS has it in capitals. */
    public static void certificateHash(Field field, String hash, EventDraft event) {
        if (hash != null && !hash.isEmpty() && !hash.equals("-")) {
            String plain = hash.replace(":", "").toUpperCase(Locale.ROOT);
            event.put(field, plain).relatedHash(plain);
        }
    }

    /** What a client asks for, and so what it took the server to be. */
    public static void serverName(String name, EventDraft event) {
        event.host(Fields.TLS_CLIENT_SERVER_NAME, name);
    }

    private static void fingerprint(Field field, String hash, EventDraft event) {
        if (hash != null && !hash.isEmpty() && !hash.equals("-")) {
            event.text(field, hash).relatedHash(hash);
        }
    }
}
