package jp.hinomi.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a folder belong to one process. The lock is the operating system's, so that a killed process leaves none behind;
 * the file names the owner's process id for whoever finds it taken.
 */
public final class FolderLock implements AutoCloseable {
    private static final String FILE = ".hinomi.lock";

    /**
     * Folders that this process has. POSIX drops all of a process's locks on a file when any descriptor of it is closed,
     * so a second attempt in the same process must not even open the file.
     */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder if need be and takes it.
     *
     * @throws CannotStartException if it cannot be created or written, or another process has it
     */
    public static FolderLock take(Path folder) {
        String self = Long.toString(ProcessHandle.current().pid());
        Path real;
        try {
            Files.createDirectories(folder);
            real = folder.toRealPath();
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
        if (!TAKEN.add(real)) {
            throw inUse(real, self);
        }
        try {
            FileChannel channel = FileChannel.open(
                    real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                String owner = Files.readString(real.resolve(FILE)).strip();
                channel.close();
                throw inUse(real, owner);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(real, channel);
        } catch (IOException e) {
            TAKEN.remove(real);
            throw notWritable(real, e);
        } catch (CannotStartException e) {
            TAKEN.remove(real);
            throw e;
        }
    }

    private static CannotStartException inUse(Path folder, String owner) {
        return new CannotStartException("the folder " + folder + " is in use by another process"
                + (owner.isEmpty() ? "" : " (pid " + owner + ")")
                + ": stop that one first, or choose another folder");
    }

    private static CannotStartException notWritable(Path folder, IOException cause) {
        return new CannotStartException(
                "cannot write to the folder " + folder.toAbsolutePath() + " ("
                        + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "): give this user the right to, or choose another folder",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
            TAKEN.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
