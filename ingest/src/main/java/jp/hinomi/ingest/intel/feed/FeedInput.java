package jp.hinomi.ingest.intel.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * One document of a feed, which can be opened more than once.
 *
 * @param name as the user knows it: a file or a URL
 */
public record FeedInput(String name, Opener opener) {
    /** Opens the document from its beginning. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    public static FeedInput of(Path file) {
        return new FeedInput(file.toString(), () -> Files.newInputStream(file));
    }

    /** Buffered; what is compressed with gzip is unpacked. */
    InputStream open() throws IOException {
        BufferedInputStream in = new BufferedInputStream(opener.open(), 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
