package jp.hinomi.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.events.files.WholeFile;

/**
 * The positions on the disk: a folder with one file that is replaced as a whole, so that a crash leaves the old one or the
 * new one. One process at a time. Not thread-safe.
 */
final class PositionFile implements AutoCloseable {
    private static final String FILE = "positions";
    private static final String VERSION = "hinomi tail positions 1";
    private static final int COLUMNS = 6;

    private final Path file;
    private final FileChannel lockFile;

    private PositionFile(Path file, FileChannel lockFile) {
        this.file = file;
        this.lockFile = lockFile;
    }

    /** @throws IOException if another process follows with this folder, or it cannot be written */
    static PositionFile open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException(
                    folder + ": another 'hinomi tail' keeps its positions there: stop it, or choose another"
                            + " folder with --state");
        }
        return new PositionFile(folder.resolve(FILE), channel);
    }

    /** By key. Empty if there are none yet. */
    Map<String, Position> read() throws IOException {
        Map<String, Position> positions = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return positions;
        }
        String[] lines = Files.readString(file).split("\n");
        if (!lines[0].equals(VERSION)) {
            throw new IOException(file + ": is not of this version of Hinomi; without it, files are read from their"
                    + " beginnings: move it away if that is what you want");
        }
        for (int i = 1; i < lines.length; i++) {
            String[] columns = lines[i].split("\t", -1);
            if (columns.length != COLUMNS) {
                throw new IOException(file + ": line " + (i + 1) + " is damaged; without this file, files are read from"
                        + " their beginnings: move it away if that is what you want");
            }
            Mark mark = new Mark(Long.parseLong(columns[2]), columns[3], columns[4]);
            positions.put(
                    columns[0],
                    new Position(
                            columns[0],
                            Path.of(URLDecoder.decode(columns[5], UTF_8)),
                            mark,
                            Position.State.valueOf(columns[1])));
        }
        return positions;
    }

    void write(Collection<Position> positions) throws IOException {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        for (Position position : positions) {
            Mark mark = position.mark();
            text.append(position.key())
                    .append('\t')
                    .append(position.state())
                    .append('\t')
                    .append(mark.offset())
                    .append('\t')
                    .append(mark.head())
                    .append('\t')
                    .append(mark.tail())
                    .append('\t')
                    .append(URLEncoder.encode(position.path().toString(), UTF_8))
                    .append('\n');
        }
        WholeFile.replace(file, text.toString().getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
