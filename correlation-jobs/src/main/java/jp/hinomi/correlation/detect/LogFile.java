package jp.hinomi.correlation.detect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.FileDecoder;

/**
 * Lines of one source, oldest first.
 *
 * @param name in the ids of events: {@code name:line}
 * @param sourceId who emitted them; null if nobody knows
 */
public record LogFile(String name, String sourceId, Decoder decoder, Opening opening) {
    private static final int BUFFER = 1 << 16;

    public LogFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(opening, "opening");
    }

    /** Opens the bytes. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /** {@code -} is standard input. */
    static LogFile of(Path file, Decoder decoder) {
        String name = file.toString();
        return new LogFile(
                name,
                null,
                FileDecoder.of(decoder, file, System.currentTimeMillis()),
                name.equals("-") ? () -> System.in : () -> unpacked(name, Files.newInputStream(file)));
    }

    /** The text of a file that may be compressed, which its name says. @param in is closed if it cannot be read */
    public static InputStream unpacked(String name, InputStream in) throws IOException {
        if (!name.endsWith(".gz")) {
            return in;
        }
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Lines in memory; their text must not contain line ends. */
    public static LogFile of(String name, String sourceId, Decoder decoder, List<byte[]> lines) {
        int size = lines.stream().mapToInt(line -> line.length + 1).sum();
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
            all[at++] = '\n';
        }
        return new LogFile(name, sourceId, decoder, () -> new ByteArrayInputStream(all));
    }
}
