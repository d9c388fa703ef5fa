package jp.hinomi.correlation.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody put in force as one: the documents of a pack, each with the hash of its text. Immutable.
 *
 * @param number counted from 1 for each pack; what has a higher one is newer
 * @param by who published it, as the publisher says; the signature says whose key it was
 * @param product version of the program that published it
 * @param comment why, may be empty
 */
public record Publication(
        String pack,
        long number,
        Instant time,
        String by,
        String product,
        String comment,
        Tested tested,
        List<Document> documents) {
    /** Keys of publications in the topic {@code rules} begin so; those of documents never do. */
    static final String PREFIX = "hinomi.publication/";

    /** A number beyond this is nonsense, and would leave none for the next. */
    static final long LAST_NUMBER = 999_999_999;

    private static final Pattern PACK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern KEY = Pattern.compile(Pattern.quote(PREFIX) + "(" + PACK.pattern() + ")/([0-9]{6,9})");

    /**
     * A document of the pack.
     *
     * @param sha256 of its text, base64 for addresses, without padding
     * @param name by which other rules refer to it
     * @param version of the rule, with the filters that applied; empty for a filter
     * @param status of the rule; may be empty
     */
    public record Document(String key, String sha256, String name, String version, String status) {
        public Document {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(sha256, "sha256");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(status, "status");
        }
    }

    /** How it was looked at before. @param cases that passed @param warnings of the check */
    public record Tested(int cases, int warnings) {
        public static final Tested NOT = new Tested(0, 0);
    }

    /** @throws IllegalArgumentException if the pack cannot be called so or the number is out of range */
    public Publication {
        if (!isPackName(pack)) {
            throw new IllegalArgumentException(
                    "'" + pack + "' cannot be the name of a pack: use letters, digits, '.', '_' and '-', at most 100");
        }
        if (number < 1 || number > LAST_NUMBER) {
            throw new IllegalArgumentException(
                    "a publication is numbered from 1 to " + LAST_NUMBER + ", not " + number);
        }
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(comment, "comment");
        Objects.requireNonNull(tested, "tested");
        documents = List.copyOf(documents);
    }

    Publication withTested(Tested how) {
        return new Publication(pack, number, time, by, product, comment, how, documents);
    }

    public static boolean isPackName(String text) {
        return PACK.matcher(text).matches();
    }

    static boolean isKey(String key) {
        return key.startsWith(PREFIX);
    }

    /** The pack and the number that a record's key claims. */
    record Claim(String pack, long number) {}

    /** Null if the key is not one of a publication. */
    static Claim claim(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? new Claim(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
    }

    /** Under which it stands in the topic: never that of another, so that compaction keeps all. */
    String key() {
        return PREFIX + pack + '/' + String.format(java.util.Locale.ROOT, "%06d", number);
    }

    /** What people call it. */
    public String label() {
        return pack + '/' + number;
    }

    Map<String, Document> byKey() {
        Map<String, Document> byKey = new LinkedHashMap<>();
        documents.forEach(document -> byKey.put(document.key(), document));
        return byKey;
    }

    /** As {@link Document#sha256}. */
    static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
