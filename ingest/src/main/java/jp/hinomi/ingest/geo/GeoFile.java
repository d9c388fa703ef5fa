package jp.hinomi.ingest.geo;

import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database, kept in memory rather than mapped: whoever updates it may write over the file at any moment. Thread-safe.
 */
final class GeoFile {
    private static final Logger LOG = LoggerFactory.getLogger(GeoFile.class);

    private record Stamp(long modified, long size) {}

    private final Path path;
    private Stamp loaded;
    private Stamp seen;
    private volatile Reader reader;
    private volatile boolean complained;

    /** @throws UncheckedIOException if it cannot be read or is no such database; the message says what to do */
    GeoFile(Path path) {
        this.path = path;
        try {
            loaded = stamp();
            seen = loaded;
            reader = read();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(
                    "cannot use " + path + " as a database of addresses: " + reason(e)
                            + " (name a file in MaxMind's format, .mmdb, unpacked)",
                    e));
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException ? "there is no such file" : e.getMessage();
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("it is no file");
        }
        return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size());
    }

    private Reader read() throws IOException {
        try {
            Reader read = new Reader(path.toFile(), Reader.FileMode.MEMORY);
            read.get(InetAddress.getByAddress(new byte[] {1, 1, 1, 1}), Map.class);
            return read;
        } catch (InvalidDatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IOException("it is damaged: " + e, e);
        }
    }

    /**
     * Takes up a newer version once the file has stayed as it is since the last call; one that cannot be used is reported
     * and the old one kept.
     *
     * @return whether there is a newer version
     */
    synchronized boolean refresh() {
        Stamp now;
        try {
            now = stamp();
        } catch (IOException e) {
            return false; // between two versions there may be none
        }
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(loaded)) {
            return false;
        }
        loaded = now;
        try {
            reader = read();
            complained = false;
            LOG.info("Took up the new version of {}", path);
            return true;
        } catch (IOException e) {
            LOG.warn("The new version of {} cannot be used, so the old one stays: {}", path, e.getMessage());
            return false;
        }
    }

    GeoPlace find(InetAddress address) {
        try {
            Map<?, ?> record = reader.get(address, Map.class);
            return record == null ? GeoPlace.NOWHERE : GeoPlace.of(record);
        } catch (IOException | RuntimeException e) {
            if (!complained) {
                complained = true;
                LOG.warn("{} is damaged; what it says about some addresses is lost: {}", path, e.toString());
            }
            return GeoPlace.NOWHERE;
        }
    }
}
