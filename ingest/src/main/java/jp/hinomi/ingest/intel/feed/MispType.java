package jp.hinomi.ingest.intel.feed;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Observable;
import jp.hinomi.events.Observable.Type;

/** What MISP's types of attributes mean here (MISP core format, "type"). Stateless. */
final class MispType {
    /** Either a pattern, or observables any of which is enough. */
    record Meaning(String pattern, List<Observable> observables) {
        static Meaning of(Type type, String value) {
            return new Meaning("", List.of(new Observable(type, value)));
        }

        static Meaning of(String path, String value) {
            return new Meaning("[" + path + " = " + quoted(value) + "]", List.of());
        }
    }

    private MispType() {}

    /**
     * Null if the type is none that events can be asked for.
     *
     * @throws IllegalArgumentException if the value is none of its type
     */
    static Meaning of(String type, String value) {
        int bar = type.indexOf('|');
        if (bar >= 0) {
            return pair(type, value);
        }
        return switch (type) {
            case "ip-src", "ip-dst", "ip" -> address(value);
            case "domain" -> Meaning.of(Type.DOMAIN_TREE, value);
            case "hostname" -> Meaning.of(Type.DOMAIN_NAME, value);
            case "url", "link" -> Meaning.of(Type.URL, value);
            case "uri" ->
                value.startsWith("/")
                        ? Meaning.of("network-traffic:extensions.'http-request-ext'.request_value", value)
                        : Meaning.of(Type.URL, value);
            case "malware-sample" -> Meaning.of(Type.MD5, value.substring(value.lastIndexOf('|') + 1));
            case "md5" -> Meaning.of(Type.MD5, value);
            case "sha1" -> Meaning.of(Type.SHA1, value);
            case "sha256" -> Meaning.of(Type.SHA256, value);
            case "sha512" -> Meaning.of(Type.SHA512, value);
            case "email", "email-src", "email-dst", "email-reply-to" -> Meaning.of(Type.EMAIL_ADDR, value);
            case "email-subject" -> Meaning.of("email-message:subject", value);
            case "email-message-id" -> Meaning.of("email-message:message_id", value);
            case "filename" -> Meaning.of("file:name", value);
            case "regkey" -> Meaning.of("windows-registry-key:key", value);
            case "user-agent" ->
                Meaning.of("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'", value);
            case "mac-address" -> Meaning.of("mac-addr:value", value);
            case "AS" -> Meaning.of("autonomous-system:number", value.replaceFirst("(?i)^AS", ""));
            case "x509-fingerprint-md5" -> Meaning.of("x509-certificate:hashes.MD5", value);
            case "x509-fingerprint-sha1" -> Meaning.of("x509-certificate:hashes.'SHA-1'", value);
            case "x509-fingerprint-sha256" -> Meaning.of("x509-certificate:hashes.'SHA-256'", value);
            default -> null;
        };
    }

    /** Types such as {@code ip-dst|port}; the value's parts stand apart in the same way. */
    private static Meaning pair(String type, String value) {
        int bar = value.lastIndexOf('|');
        if (bar < 1 || bar == value.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not of type " + type + ": write two parts with | between");
        }
        String first = value.substring(0, bar);
        String second = value.substring(bar + 1);
        return switch (type) {
            case "ip-src|port" -> withPort("network-traffic:src_ref.value", first, "network-traffic:src_port", second);
            case "ip-dst|port", "hostname|port" ->
                withPort("network-traffic:dst_ref.value", first, "network-traffic:dst_port", second);
            // A name and the address that it had: an event that shows either is worth a look.
            case "domain|ip" -> {
                List<Observable> both =
                        new ArrayList<>(Meaning.of(Type.DOMAIN_TREE, first).observables());
                both.addAll(address(second).observables());
                yield new Meaning("", both);
            }
            case "regkey|value" -> Meaning.of("windows-registry-key:key", first);
            default -> type.startsWith("filename|") ? of(type.substring("filename|".length()), second) : null;
        };
    }

    private static Meaning address(String value) {
        return Meaning.of(value.indexOf(':') < 0 ? Type.IPV4_ADDR : Type.IPV6_ADDR, value);
    }

    private static Meaning withPort(String path, String value, String portPath, String port) {
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + port + "' is no port: write 1 to 65535");
        }
        return new Meaning("[" + path + " = " + quoted(value) + " AND " + portPath + " = " + port + "]", List.of());
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
