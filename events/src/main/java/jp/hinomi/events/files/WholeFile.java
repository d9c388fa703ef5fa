package jp.hinomi.events.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * Writes a file whole or not at all: whoever reads it, also after a crash or with a full disk, finds what was there before or
 * what is there now, and nothing in between. Stateless.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Writes it in place of what is there. */
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path unfinished = unfinished(file);
        try {
            write(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Writes a new one.
     *
     * @param attributes of the file from its first byte on, such as who may read it
     * @throws FileAlreadyExistsException if there is one
     */
    public static void create(Path file, byte[] bytes, FileAttribute<?>... attributes) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path unfinished = unfinished(file);
        try {
            write(unfinished, bytes, attributes);
            Files.move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Beside it, for only within one file system a move is atomic; what a crash left there is written over. */
    private static Path unfinished(Path file) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        Files.deleteIfExists(unfinished);
        return unfinished;
    }

    private static void write(Path file, byte[] bytes, FileAttribute<?>... attributes) throws IOException {
        try (FileChannel out =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }
}
