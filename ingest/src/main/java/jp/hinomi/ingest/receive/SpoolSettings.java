package jp.hinomi.ingest.receive;

import java.nio.file.Path;
import java.util.Objects;
import jp.hinomi.ingest.spool.Spool;

/**
 * Where datagrams wait while too much waits for Kafka.
 *
 * @param folder of one process
 * @param bytes that its files may have together
 */
public record SpoolSettings(Path folder, long bytes) {
    /** Some five million datagrams of 200 bytes. */
    public static final long USUAL_BYTES = 1L << 30;

    public SpoolSettings {
        Objects.requireNonNull(folder, "folder");
        if (bytes < Spool.LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "the spool needs at least " + Spool.LEAST_BYTES + " bytes, not " + bytes);
        }
    }
}
