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
            "source.user.email");

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
