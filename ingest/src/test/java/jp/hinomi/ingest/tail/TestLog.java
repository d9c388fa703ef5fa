package jp.hinomi.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A program that writes a log, and what logrotate does with it. Remembers what it wrote. */
final class TestLog implements AutoCloseable {
    private final Path file;
    private final List<String> written = new ArrayList<>();
    private OutputStream out;
    private String unfinished = "";
    private int rotations;
    private boolean seen;
    private boolean contentSeen;
    private String first;

    TestLog(Path file) {
        this.file = file;
        reopen();
    }

    /** The whole lines so far, in their order. */
    List<String> written() {
        return written;
    }

    void write(String line) {
        append(unfinished.isEmpty() ? line + "\n" : "\n");
        String whole = unfinished + (unfinished.isEmpty() ? line : "");
        written.add(whole);
        unfinished = "";
        first = first == null ? whole : first;
    }

    /** Writes a line without its end; the next line ends it. */
    void begin(String line) {
        if (unfinished.isEmpty()) {
            unfinished = line;
            append(line);
        }
    }

    /** Renames the file; the program writes to it until it reopens. */
    Path rename() {
        Path target = file.resolveSibling(file.getFileName() + "." + ++rotations);
        try {
            return Files.move(file, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Somebody has looked at the file that is written now; one that came and went between two looks was never there.
     *
     * @param read lines that have been read of any file: of one that waits for another, none may be among them
     */
    void wasSeen(Set<String> read) {
        seen = !isRenamed();
        contentSeen |= seen && first != null && read.contains(first);
    }

    /** What was emptied before anybody saw a line of it cannot be known again in its copy. */
    boolean isContentSeen() {
        return contentSeen;
    }

    /** Who saw it has crashed, perhaps before a line of it was stored. */
    void wasForgotten() {
        contentSeen = false;
    }

    boolean isSeen() {
        return seen;
    }

    void reopen() {
        seen = false;
        contentSeen = false;
        first = null;
        try {
            close();
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRenamed() {
        return !Files.exists(file);
    }

    Path copy() {
        try {
            return Files.copy(
                    file,
                    file.resolveSibling(file.getFileName() + "." + ++rotations),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void truncate() {
        try {
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What was begun is in the copy, and its end will be in the file that was emptied.
        unfinished = "";
        contentSeen = false;
        first = null;
    }

    static void compress(Path plain) {
        Path compressed = plain.resolveSibling(plain.getFileName() + ".gz");
        try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(plain, to);
            Files.delete(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasUnfinished() {
        return !unfinished.isEmpty();
    }

    private void append(String text) {
        try {
            out.write(text.getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
