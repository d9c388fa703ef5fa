package jp.hinomi.ingest.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Decodes the lines of one file in their order. A file has no times of arrival, by which stamps without a year (RFC 3164) get
 * theirs: instead nothing in it is newer than the file's last change, and a line is near the newest line before it. Lines
 * without a time get the time of that line. Not thread-safe.
 */
public final class FileDecoder implements Decoder {
    /** Of clocks and zones that differ. */
    private static final long TOLERANCE = TimeUnit.DAYS.toMillis(1);

    private static final long A_MONTH = TimeUnit.DAYS.toMillis(31);
    private static final long HALF_A_YEAR = TimeUnit.DAYS.toMillis(182);

    private final Decoder decoder;
    private final long writtenMillis;
    private long newest = Long.MIN_VALUE;

    /** @param writtenMillis when the last line was written */
    public FileDecoder(Decoder decoder, long writtenMillis) {
        this.decoder = decoder;
        this.writtenMillis = writtenMillis;
    }

    /**
     * @param file {@code -} is standard input, which goes on being written
     * @param nowMillis also of files that cannot be asked; reading them says why
     */
    public static FileDecoder of(Decoder decoder, Path file, long nowMillis) {
        long written = nowMillis;
        if (!file.toString().equals("-")) {
            try {
                written = Files.getLastModifiedTime(file).toMillis();
            } catch (IOException e) {
                // Whoever opens it reports it.
                written = nowMillis;
            }
        }
        return new FileDecoder(decoder, written);
    }

    @Override
    public String format() {
        return decoder.format();
    }

    @Override
    public Decoding decode(LogRecord record) {
        Decoding decoding = decoder.decode(near(record, newest == Long.MIN_VALUE ? writtenMillis : newest));
        if (!(decoding instanceof Decoding.Decoded decoded)) {
            return decoding;
        }
        long latest = writtenMillis + TOLERANCE;
        long time = decoded.event().timestampMillis();
        if (time > latest) {
            decoded = again(record, writtenMillis - HALF_A_YEAR, latest, decoded);
        } else if (newest != Long.MIN_VALUE && time < newest - A_MONTH) {
            // After a long silence the same day is nearer a year earlier; but a file goes on.
            decoded = again(record, newest + HALF_A_YEAR, latest, decoded);
        }
        // A clock that is wrong must not date the lines after it.
        newest = Math.max(newest, Math.min(latest, decoded.event().timestampMillis()));
        return decoded;
    }

    private Decoding.Decoded again(LogRecord record, long millis, long latest, Decoding.Decoded otherwise) {
        return decoder.decode(near(record, millis)) instanceof Decoding.Decoded decoded
                        && decoded.event().timestampMillis() <= latest
                ? decoded
                : otherwise;
    }

    private static LogRecord near(LogRecord record, long millis) {
        return new LogRecord(record.value(), record.sourceId(), record.format(), record.origin(), Math.max(0, millis));
    }
}
