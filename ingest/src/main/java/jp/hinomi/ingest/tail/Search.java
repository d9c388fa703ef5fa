package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the rest of files that were read up to a position and are not there under their names any more: renamed, copied
 * and emptied, compressed, or replaced. Not thread-safe.
 */
final class Search {
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);

    /** Opens a file and goes on in it after a position, if its content is what the position says; else false. */
    interface Follower {
        boolean follow(Present file, Position position) throws IOException;
    }

    /** Where a rest may be, in this order: in the file itself, renamed; in a copy; in a compressed one; in what took its name. */
    private enum Place {
        ITSELF,
        COPY,
        COMPRESSED,
        REPLACEMENT;

        static Place of(Present file, Position position) {
            if (file.key().equals(position.key())) {
                return ITSELF;
            }
            if (FilePatterns.isCompressed(file.path())) {
                return COMPRESSED;
            }
            return file.path().equals(position.path()) ? REPLACEMENT : COPY;
        }
    }

    private final Map<String, Position> known;
    private final Set<String> open;
    private final Follower follower;

    /**
     * @param known positions by key, as they are when it looks
     * @param open keys of what is followed, as they are when it looks: no rest is in these
     */
    Search(Map<String, Position> known, Set<String> open, Follower follower) {
        this.known = known;
        this.open = open;
        this.follower = follower;
    }

    /** Has the follower go on with what it finds; true if that was all. */
    boolean findAgain(List<Position> positions) {
        List<Position> lost = new ArrayList<>(positions);
        for (Place place : Place.values()) {
            lost.removeIf(position -> findAgain(position, place));
        }
        for (Position position : lost) {
            if (position.mark().offset() > 0 && !open.contains(position.key())) {
                LOG.warn(
                        "{} is gone; what came after byte {} of it may not have been read. If it comes back, as on a disk"
                                + " that is mounted late, it goes on there",
                        position.path(),
                        position.mark().offset());
            }
        }
        return lost.isEmpty();
    }

    /** The newest first: what was rotated before is not what is looked for. */
    private boolean findAgain(Position position, Place place) {
        List<Present> newestFirst =
                new ArrayList<>(Present.all(Siblings.of(position.path())).values());
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .filter(file -> !open.contains(file.key()) && Place.of(file, position) == place)
                .anyMatch(file -> isRestOf(position, file));
    }

    /** Without any content only the file itself can be known. */
    private boolean isRestOf(Position position, Present file) {
        boolean compressed = FilePatterns.isCompressed(file.path());
        if (position.mark().offset() == 0 && (compressed || !file.key().equals(position.key()))
                || compressed && !file.path().toString().endsWith(".gz")
                || !compressed && file.size() < position.mark().offset()) {
            return false;
        }
        try {
            return !isDone(file) && follower.follow(file, position);
        } catch (IOException e) {
            LOG.debug("{} is not the rest of {}", file.path(), position.path(), e);
            return false;
        }
    }

    /** True for what was read to its end before, as the rest of another file or for itself. */
    private boolean isDone(Present file) throws IOException {
        Position position = known.get(file.key());
        if (position == null || position.state() != Position.State.DONE) {
            return false;
        }
        if (!FilePatterns.isCompressed(file.path())) {
            return position.mark().isIn(file.path());
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file.path()))) {
            return position.mark().matches(in);
        }
    }
}
