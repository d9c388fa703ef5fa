package jp.hinomi.alerting.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One thing that happened and who did it.
 *
 * @param at truncated to microseconds, as the database keeps it
 * @param actor {@code system}, {@code account:NAME} or {@code contact:ID}
 * @param action such as {@code alert.acknowledged}
 * @param object such as {@code alert:ID}
 * @param detail JSON
 */
public record AuditEntry(Instant at, String actor, String action, String object, String detail) {
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * SHA-256 over the previous row's hash, the number and every part; each text is preceded by its length in bytes, so
     * that no two different entries run together.
     */
    public byte[] hash(long seq, byte[] previous) {
        MessageDigest digest = sha256();
        digest.update(previous);
        digest.update(ByteBuffer.allocate(20)
                .putLong(seq)
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .array());
        for (String part : new String[] {actor, action, object, detail}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
