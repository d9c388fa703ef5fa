package jp.hinomi.ingest.intel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Observable;

/**
 * What an event can be asked about by value: which fields hold such values, and in which one form they are compared. The
 * ordinal is part of the index in memory only.
 */
public enum Subject {
    IP(
            Subject::ip,
            "source.ip",
            "destination.ip",
            "client.ip",
            "server.ip",
            "source.nat.ip",
            "destination.nat.ip",
            "dns.resolved_ip",
            "network.forwarded_ip",
            "dns.answers.data",
            "related.ip"),
    DOMAIN(
            Domains::canonical,
            "destination.domain",
            "source.domain",
            "url.domain",
            "dns.question.name",
            "tls.client.server_name",
            "server.domain",
            "client.domain",
            "dns.answers.data"),
    /** Only values with a scheme; where {@code url.full} is missing also what {@link Urls#assembled} makes of its parts. */
    URL(Urls::canonical, "url.full", "url.original", "http.request.referrer"),
    MD5(text -> hex(text, 32), hashFields("md5")),
    SHA1(text -> hex(text, 40), hashFields("sha1")),
    SHA256(text -> hex(text, 64), hashFields("sha256")),
    SHA512(text -> hex(text, 128), hashFields("sha512")),
    EMAIL(
            Subject::email,
            "email.from.address",
            "email.sender.address",
            "email.to.address",
            "email.cc.address",
            "email.bcc.address",
            "email.reply_to.address",
            "user.email",
            "source.user.email"),
    MAC(Subject::mac, "source.mac", "destination.mac", "client.mac", "server.mac", "host.mac"),
    AS_NUMBER(Subject::digits, "source.as.number", "destination.as.number", "client.as.number", "server.as.number"),
    FILE_NAME(UnaryOperator.identity(), "file.name", "email.attachments.file.name"),
    DIRECTORY(UnaryOperator.identity(), "file.directory"),
    PROCESS_NAME(UnaryOperator.identity(), "process.name"),
    COMMAND_LINE(UnaryOperator.identity(), "process.command_line", "process.parent.command_line"),
    USER(
            UnaryOperator.identity(),
            "user.id",
            "user.name",
            "source.user.name",
            "user.target.name",
            "user.effective.name"),
    EMAIL_SUBJECT(UnaryOperator.identity(), "email.subject"),
    MESSAGE_ID(UnaryOperator.identity(), "email.message_id"),
    REGISTRY_KEY(Subject::registry, "registry.path", "registry.key"),
    SERIAL_NUMBER(
            text -> text.replace(":", "").toLowerCase(Locale.ROOT),
            "tls.server.x509.serial_number",
            "tls.client.x509.serial_number",
            "file.x509.serial_number"),
    ISSUER(
            UnaryOperator.identity(),
            "tls.server.issuer",
            "tls.client.issuer",
            "tls.server.x509.issuer.distinguished_name",
            "file.x509.issuer.distinguished_name"),
    CERTIFICATE(
            UnaryOperator.identity(),
            "tls.server.subject",
            "tls.client.subject",
            "tls.server.x509.subject.distinguished_name",
            "file.x509.subject.distinguished_name"),
    USER_AGENT(UnaryOperator.identity(), "user_agent.original"),
    URL_PATH(UnaryOperator.identity(), "url.original", "url.path"),
    /** Values that so many events have that finding one is no reason to look closer. */
    COMMON(
            Subject::lower,
            "file.mime_type",
            "process.working_directory",
            "registry.value",
            "registry.data.strings",
            "network.transport",
            "network.protocol",
            "network.type",
            "network.application",
            "http.request.method");

    /** More values of one field than these are not looked at. */
    static final int MAX_VALUES = 1000;

    private static final Subject[] ALL = values();
    static final int COUNT = ALL.length;

    private final UnaryOperator<String> canonical;
    final Field[] slotted;
    final Field[] extra;

    Subject(UnaryOperator<String> canonical, String... fields) {
        this.canonical = canonical;
        List<Field> all = Arrays.stream(fields).map(Fields::of).toList();
        this.slotted = all.stream().filter(field -> !field.isExtra()).toArray(Field[]::new);
        this.extra = all.stream().filter(Field::isExtra).toArray(Field[]::new);
    }

    /** The one form in which values of this kind are compared, or null if the text is no such value. */
    public String canonical(String text) {
        return canonical.apply(text);
    }

    /** The fields of events that are asked. */
    public List<Field> fields() {
        List<Field> all = new ArrayList<>(Arrays.asList(slotted));
        all.addAll(Arrays.asList(extra));
        return all;
    }

    static Subject at(int ordinal) {
        return ALL[ordinal];
    }

    static Subject of(Observable.Type type) {
        return switch (type) {
            case IPV4_ADDR, IPV6_ADDR -> IP;
            case DOMAIN_NAME, DOMAIN_TREE -> DOMAIN;
            case URL -> URL;
            case MD5 -> MD5;
            case SHA1 -> SHA1;
            case SHA256 -> SHA256;
            case SHA512 -> SHA512;
            case EMAIL_ADDR -> EMAIL;
        };
    }

    /** One value of a field as text. */
    static String text(Object value) {
        return value instanceof String text ? text : value.toString();
    }

    /** Whether the value can lead to an indicator. */
    boolean isTelling() {
        return this != COMMON;
    }

    /** Whether the canonical form is in lower case, so that patterns for it must be as well. */
    boolean isCaseless() {
        return switch (this) {
            case IP, DOMAIN, MD5, SHA1, SHA256, SHA512, EMAIL, MAC, REGISTRY_KEY, SERIAL_NUMBER, COMMON -> true;
            default -> false;
        };
    }

    /** What indicators of that subject are called in {@code threat.indicator.type}. */
    String ecsType(String value) {
        return switch (this) {
            case IP -> value.indexOf(':') < 0 ? "ipv4-addr" : "ipv6-addr";
            case DOMAIN -> "domain-name";
            case URL, URL_PATH, USER_AGENT -> "url";
            case MD5, SHA1, SHA256, SHA512, FILE_NAME -> "file";
            case EMAIL -> "email-addr";
            case EMAIL_SUBJECT, MESSAGE_ID -> "email-addr";
            case MAC -> "mac-addr";
            case AS_NUMBER -> "autonomous-system";
            case DIRECTORY -> "directory";
            case PROCESS_NAME, COMMAND_LINE -> "process";
            case USER -> "user-account";
            case REGISTRY_KEY -> "windows-registry-key";
            case SERIAL_NUMBER, ISSUER, CERTIFICATE -> "x509-certificate";
            case COMMON -> "software";
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String digits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return text.isEmpty() ? null : text;
    }

    private static String mac(String text) {
        StringBuilder digits = new StringBuilder(12);
        for (int i = 0; i < text.length() && digits.length() <= 12; i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '-' && c != '.') {
                digits.append(c);
            }
        }
        return hex(digits.toString(), 12);
    }

    /** Windows and its tools write the roots of the registry long and short. */
    static String registry(String text) {
        String lower = lower(text);
        for (String[] root : REGISTRY_ROOTS) {
            if (lower.startsWith(root[0])) {
                return root[1] + lower.substring(root[0].length());
            }
        }
        return lower;
    }

    private static final String[][] REGISTRY_ROOTS = {
        {"hkey_local_machine", "hklm"},
        {"hkey_current_user", "hkcu"},
        {"hkey_classes_root", "hkcr"},
        {"hkey_users", "hku"},
        {"hkey_current_config", "hkcc"}
    };

    private static String ip(String text) {
        return jp.hinomi.ingest.decode.text.Addresses.canonical(text);
    }

    private static String hex(String text, int length) {
        if (text.length() != length) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
                return null;
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String email(String text) {
        int at = text.lastIndexOf('@');
        return at < 1 || at == text.length() - 1 || text.length() > 320 || text.indexOf(' ') >= 0
                ? null
                : text.toLowerCase(Locale.ROOT);
    }

    private static String[] hashFields(String algorithm) {
        return new String[] {
            "file.hash." + algorithm,
            "process.hash." + algorithm,
            "process.parent.hash." + algorithm,
            "dll.hash." + algorithm,
            "email.attachments.file.hash." + algorithm,
            "tls.server.hash." + algorithm,
            "tls.client.hash." + algorithm,
            "related.hash"
        };
    }
}
