package jp.hinomi.correlation.cluster;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder {@code checkpoints/<job>/chk-<n>} that Flink writes, across restarts of the process. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final int MOST_LOOKS = 20;

    private final Path folder;

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /**
     * The newest checkpoint that can be read; one that was being written when the process was killed cannot. A job that runs
     * removes old ones meanwhile: then it looks again.
     */
    Optional<Path> newestComplete() {
        for (int left = MOST_LOOKS; ; left--) {
            try {
                return look();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException) || left <= 1) {
                    throw e;
                }
            }
        }
    }

    private Optional<Path> look() {
        try (Stream<Path> files = Files.find(
                folder,
                3,
                (path, attributes) -> attributes.isRegularFile()
                        && path.getFileName().toString().equals("_metadata"))) {
            List<Path> newestFirst = new ArrayList<>(files.toList());
            newestFirst.sort(Comparator.comparing(Checkpoints::writtenAt).reversed());
            for (Path metadata : newestFirst) {
                if (isReadable(metadata)) {
                    return Optional.of(metadata.getParent());
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no folder " + folder, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for checkpoints in " + folder, e);
        }
    }

    private static long writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    /** @throws UncheckedIOException if it is not there any more */
    private static boolean isReadable(Path metadata) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            org.apache.flink.runtime.checkpoint.Checkpoints.loadCheckpointMetadata(
                    in, Checkpoints.class.getClassLoader(), metadata.getParent().toString());
            return true;
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The checkpoint {} is incomplete and is passed over.", metadata.getParent(), e);
            return false;
        }
    }

    /** Removes what earlier runs left behind, except the job of {@code kept}. */
    void removeOthers(Optional<Path> kept) {
        try (Stream<Path> jobs = Files.list(folder)) {
            for (Path job : jobs.filter(job -> !kept.map(Path::getParent).equals(Optional.of(job)))
                    .toList()) {
                delete(job);
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove old checkpoints in {}; they only take room.", folder, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
