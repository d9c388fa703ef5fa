package jp.hinomi.ingest.intel.feed;

import java.util.Optional;
import java.util.regex.Pattern;
import jp.hinomi.events.Observable;
import jp.hinomi.events.Observable.Type;

/** What kind of thing a bare value is. Stateless. */
public final class Values {
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/[0-9]{1,3})?");
    private static final Pattern NAME = Pattern.compile("(?U)[\\w-]+(\\.[\\w-]+)+\\.?");

    private Values() {}

    /** The observable that the value looks like; a name stands for every name below it. Empty if it looks like none. */
    public static Optional<Observable> guess(String text) {
        String value = refanged(text);
        if (value.isEmpty() || value.length() > Observable.MAX_LENGTH) {
            return Optional.empty();
        }
        return type(value).map(type -> new Observable(type, value));
    }

    private static Optional<Type> type(String value) {
        if (HEX.matcher(value).matches()) {
            return switch (value.length()) {
                case 32 -> Optional.of(Type.MD5);
                case 40 -> Optional.of(Type.SHA1);
                case 64 -> Optional.of(Type.SHA256);
                case 128 -> Optional.of(Type.SHA512);
                default -> Optional.empty();
            };
        }
        if (V4.matcher(value).matches()) {
            return Optional.of(Type.IPV4_ADDR);
        }
        if (value.contains("://")) {
            return Optional.of(Type.URL);
        }
        if (V6.matcher(value).matches()) {
            return Optional.of(Type.IPV6_ADDR);
        }
        if (value.indexOf('@') > 0) {
            return Optional.of(Type.EMAIL_ADDR);
        }
        if (value.indexOf('/') > 0) {
            return Optional.of(Type.URL);
        }
        return NAME.matcher(value).matches() ? Optional.of(Type.DOMAIN_TREE) : Optional.empty();
    }

    /** Reports write dangerous addresses so that nobody follows them: {@code hxxp://c2[.]example}. */
    static String refanged(String text) {
        String value = text.strip();
        if (value.regionMatches(true, 0, "hxxp", 0, 4)) {
            value = "http" + value.substring(4);
        }
        return value.replace("[.]", ".")
                .replace("(.)", ".")
                .replace("[dot]", ".")
                .replace("[:]", ":")
                .replace("[://]", "://")
                .replace("[@]", "@")
                .replace("[at]", "@");
    }

    /** As tables call it: a type's own word, or what people write. Empty if it is none. */
    static Optional<Type> ofWord(String word) {
        return Optional.ofNullable(
                switch (word.strip().toLowerCase(java.util.Locale.ROOT)) {
                    case "ipv4", "ipv4-addr" -> Type.IPV4_ADDR;
                    case "ipv6", "ipv6-addr" -> Type.IPV6_ADDR;
                    case "domain", "domain-tree" -> Type.DOMAIN_TREE;
                    case "hostname", "host", "fqdn", "domain-name" -> Type.DOMAIN_NAME;
                    case "url", "uri" -> Type.URL;
                    case "md5" -> Type.MD5;
                    case "sha1", "sha-1" -> Type.SHA1;
                    case "sha256", "sha-256" -> Type.SHA256;
                    case "sha512", "sha-512" -> Type.SHA512;
                    case "email", "mail", "email-addr" -> Type.EMAIL_ADDR;
                    default -> null;
                });
    }
}
