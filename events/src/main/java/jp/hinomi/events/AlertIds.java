package jp.hinomi.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Ids of alerts: the same in every replay, so that consumers can drop repetitions. */
public final class AlertIds {
    private AlertIds() {}

    /**
     * The first 32 hex digits of SHA-256 over rule id, group values and completing event. Each part is preceded by its
     * length, so that no two different inputs run together.
     */
    public static String of(String ruleId, Collection<String> groupValues, String completingEventId) {
        MessageDigest digest = sha256();
        add(digest, ruleId);
        for (String value : groupValues) {
            add(digest, value);
        }
        add(digest, completingEventId);
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
