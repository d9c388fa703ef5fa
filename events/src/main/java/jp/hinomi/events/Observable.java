package jp.hinomi.events;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that an indicator says to look for: an address, a name, a hash. Immutable.
 *
 * @param value as text; how it may be written differently and still mean the same is known to whoever compares
 */
public record Observable(Type type, String value) {
    /** Longest value, in characters: longer URLs exist, but no log keeps them whole. */
    public static final int MAX_LENGTH = 4096;

    public Observable {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new IllegalArgumentException("an observable of type " + type.word() + " has no value");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a value of type " + type.word() + " is longer than " + MAX_LENGTH
                    + " characters: " + value.substring(0, 40) + "…");
        }
    }

    /** What kind of thing; the words are those of STIX 2.1 cyber-observable objects where it has one. */
    public enum Type {
        /** One IPv4 address, or a block such as {@code 198.51.100.0/24}. */
        IPV4_ADDR("ipv4-addr", "ipv4-addr"),
        /** One IPv6 address, or a block. */
        IPV6_ADDR("ipv6-addr", "ipv6-addr"),
        /** Exactly that name. */
        DOMAIN_NAME("domain-name", "domain-name"),
        /** That name and every name below it. */
        DOMAIN_TREE("domain-tree", "domain-name"),
        URL("url", "url"),
        MD5("md5", "file"),
        SHA1("sha1", "file"),
        SHA256("sha256", "file"),
        SHA512("sha512", "file"),
        EMAIL_ADDR("email-addr", "email-addr");

        private final String word;
        private final String ecsType;

        Type(String word, String ecsType) {
            this.word = word;
            this.ecsType = ecsType;
        }

        /** The word in JSON. */
        public String word() {
            return word;
        }

        /** The value that ECS has for it in {@code threat.indicator.type}. */
        public String ecsType() {
            return ecsType;
        }

        /** @throws IllegalArgumentException if {@code word} is none of them */
        public static Type ofWord(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            for (Type type : values()) {
                if (type.word.equals(lower)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("'" + word + "' is not a type of observable: use ipv4-addr, ipv6-addr,"
                    + " domain-name, domain-tree, url, md5, sha1, sha256, sha512 or email-addr");
        }
    }
}
