package jp.hinomi.alerting.incident.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes on their way in or out, in a temporary file: whoever sends slowly holds no connection to the database, and nothing goes
 * out before its hash is known. Not thread-safe.
 */
public final class Spool implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final MessageDigest digest;
    private final OutputStream out;
    private long size;

    /** @throws IOException if the disk is full or may not be written */
    Spool() throws IOException {
        this.digest = sha256();
        this.file = Files.createTempFile("hinomi-evidence-", ".part");
        this.out = Files.newOutputStream(file);
    }

    /** It has more bytes than may be kept. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        private final long limit;

        public TooLargeException(long limit) {
            super("the file is larger than " + limit + " bytes: pack it, cut it, or raise HINOMI_EVIDENCE_MAX_MIB");
            this.limit = limit;
        }

        public long limit() {
            return limit;
        }
    }

    /** @throws TooLargeException at the first byte beyond the limit */
    static Spool of(InputStream in, long limit) throws IOException {
        Spool spool = new Spool();
        try {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                if (spool.size + n > limit) {
                    throw new TooLargeException(limit);
                }
                spool.write(piece, n);
            }
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        digest.update(bytes, 0, length);
        size += length;
    }

    long size() {
        return size;
    }

    /** In hex, of what was written; once. */
    String hash() throws IOException {
        out.close();
        return HexFormat.of().formatHex(digest.digest());
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /** What was written, from the beginning; the file goes when that is closed. */
    public InputStream openOnce() throws IOException {
        return Files.newInputStream(
                file, java.nio.file.StandardOpenOption.READ, java.nio.file.StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
