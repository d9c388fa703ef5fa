package jp.hinomi.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.FileUtils;

/** PostgreSQL's programs, unpacked once per version into a folder that all data folders of this user share. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /**
     * Unpacks the programs for this machine unless they are there.
     *
     * @param cache folder that may be shared with other processes that do the same at the same time
     * @return the folder with {@code bin}, {@code lib} and {@code share}
     */
    static Path unpackInto(Path cache) {
        String os = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String architecture = System.getProperty("os.arch");
        try (InputStream found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(os, architecture)) {
            byte[] archive = found.readAllBytes();
            Path ready = cache.resolve("postgresql-" + sha256(archive).substring(0, 16));
            if (Files.exists(ready.resolve("bin/postgres"))) {
                return ready;
            }
            Files.createDirectories(cache);
            Path unpacking = Files.createTempDirectory(cache, "unpacking-");
            unpack(archive, unpacking);
            return publish(unpacking, ready);
        } catch (IOException e) {
            throw new CannotStartException(
                    "PostgreSQL's programs cannot be unpacked into " + cache + " (" + e.getMessage()
                            + "): make room there, or name another folder with -Dhinomi.cache=DIR",
                    e);
        } catch (IllegalStateException e) {
            throw new CannotStartException(
                    "there are no PostgreSQL programs for " + os + " on " + architecture
                            + ": Hinomi brings them for Linux on x86-64 and arm64",
                    e);
        }
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(
                new XZCompressorInputStream(new java.io.ByteArrayInputStream(archive)), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(
                            "the archive of PostgreSQL wants to write outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, target);
                        boolean program = (entry.getMode() & 0100) != 0;
                        target.toFile().setExecutable(program, false);
                    }
                }
            }
        }
        // createTempDirectory keeps others out, but the server may run as another user.
        folder.toFile().setReadable(true, false);
        folder.toFile().setExecutable(true, false);
    }

    /** Whoever is first wins; the others throw their copy away. */
    private static Path publish(Path unpacked, Path ready) throws IOException {
        try {
            Files.move(unpacked, ready, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            FileUtils.deleteDirectory(unpacked.toFile());
            if (!Files.exists(ready.resolve("bin/postgres"))) {
                throw e;
            }
        }
        return ready;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
