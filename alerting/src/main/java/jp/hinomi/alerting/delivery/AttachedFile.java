package jp.hinomi.alerting.delivery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** A file that goes with a mail. @param name as the recipient sees it @param type of its content, such as {@code application/pdf} */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
public record AttachedFile(String name, String type, byte[] bytes) {
    public AttachedFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(bytes, "bytes");
    }

    /** In hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
