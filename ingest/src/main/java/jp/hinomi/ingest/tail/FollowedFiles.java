package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files that match some patterns, followed through rotation. A file is known by its inode and its content, not by its
 * name: renamed, it is read to its end before what follows it under its name; emptied after it was copied, the rest is read
 * from the copy; both also when it happened while nobody followed, and when the copy has been compressed. Time is passed
 * in. Not thread-safe.
 */
final class FollowedFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

    /** What one file may read before the next one's turn. */
    private static final long AT_A_TURN = 4L << 20;

    /** A file that looks like the beginning of another may be a copy that is being made. */
    private static final long COPYING_MILLIS = 5_000;

    /** A file that nobody follows up is closed after so many times the usual. */
    private static final int AT_MOST_TIMES = 60;

    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_OPEN = 1_000;

    private final FilePatterns patterns;
    private final Charset charset;
    private final int maxLineBytes;
    private final boolean fromEnd;
    private final long keepRotatedMillis;
    private final LineSink sink;
    private final Map<String, Position> known;
    private final Map<String, FollowedFile> open = new LinkedHashMap<>();
    private final Map<String, Long> firstSeen = new HashMap<>();
    private final Map<String, Copy> copies = new HashMap<>();
    private boolean looked;
    private boolean changed;

    /** How a copy was when it was last looked at while it was being made. */
    private record Copy(long since, long size) {}

    private record Present(String key, Path path, long size, long modified) {}

    /**
     * @param fromEnd whether files of the first look that nobody has followed yet begin at their end
     * @param keepRotatedMillis how long a rotated file must be quiet before nobody writes to it any more
     * @param known positions of an earlier run, by key
     */
    FollowedFiles(
            FilePatterns patterns,
            Charset charset,
            int maxLineBytes,
            boolean fromEnd,
            long keepRotatedMillis,
            LineSink sink,
            Map<String, Position> known) {
        this.patterns = patterns;
        this.charset = charset;
        this.maxLineBytes = maxLineBytes;
        this.fromEnd = fromEnd && known.isEmpty();
        this.keepRotatedMillis = keepRotatedMillis;
        this.sink = sink;
        this.known = new LinkedHashMap<>(known);
    }

    /** Looks at all files and reads what is new, as long as the sink takes it; true if there may be more to read now. */
    boolean look(long now) {
        Map<String, Present> present = present();
        if (!looked) {
            known.values().stream()
                    .filter(position -> position.state() == Position.State.FOLLOWED)
                    .filter(position -> !present.containsKey(position.key()))
                    .toList()
                    .forEach(position -> findAgain(position, now));
        }
        for (Present file : knownFirst(present.values())) {
            FollowedFile followed = open.get(file.key());
            if (followed == null) {
                guarded(file.path(), () -> take(file, now));
            } else {
                followed.seenAt(file.path(), file.modified());
            }
        }
        looked = true;
        open.values().forEach(FollowedFile::beginLook);
        boolean more = false;
        for (FollowedFile file : inOrder(present)) {
            if (sink.full()) {
                return true;
            }
            if (!waits(file)) {
                guarded(file.path(), () -> readOn(file, now));
            }
            more |= !file.atEnd();
        }
        for (FollowedFile file : List.copyOf(open.values())) {
            if (!present.containsKey(file.key()) && isOver(file, now)) {
                guarded(file.path(), () -> letGo(file));
            }
        }
        return more;
    }

    /** Whether a new file is a copy of one that was emptied can be told when that one has been looked at. */
    private List<Present> knownFirst(Collection<Present> present) {
        return Stream.concat(
                        present.stream().filter(file -> known.containsKey(file.key())),
                        present.stream().filter(file -> !known.containsKey(file.key())))
                .toList();
    }

    /** As long as nothing has come under its name, its program may not know yet that it was renamed. */
    private boolean isOver(FollowedFile file, long now) {
        long quiet = now - file.quietSince();
        return file.atEnd()
                && quiet >= keepRotatedMillis
                && (Files.exists(file.family()) || quiet >= AT_MOST_TIMES * keepRotatedMillis);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Files come and go between two calls; what cannot be read now is looked at again. */
    private static void guarded(Path path, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.debug("{} cannot be read now", path, e);
        }
    }

    /** By key, the oldest first. */
    private Map<String, Present> present() {
        List<Present> found = new ArrayList<>();
        for (Path path : patterns.files()) {
            attributes(path)
                    .ifPresent(is -> found.add(new Present(
                            key(path, is),
                            path,
                            is.size(),
                            is.lastModifiedTime().toMillis())));
        }
        // Clocks of file systems tick every few milliseconds. Of files that are equally old the longer name is the
        // rotated one.
        found.sort(Comparator.comparingLong(Present::modified)
                .thenComparingInt(file -> -file.path().toString().length())
                .thenComparing(Present::path));
        Map<String, Present> byKey = new LinkedHashMap<>();
        found.forEach(file -> byKey.putIfAbsent(file.key(), file));
        return byKey;
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String key(Path path, BasicFileAttributes is) {
        return is.fileKey() == null ? path.toString() : is.fileKey().toString();
    }

    private void take(Present file, long now) throws IOException {
        Position before = known.get(file.key());
        if (before != null && stays(before, file, now)) {
            return;
        }
        if (open.size() >= MOST_OPEN) {
            LOG.warn("{} is not followed: {} files are open already; use narrower patterns", file.path(), MOST_OPEN);
            return;
        }
        Position position = known.get(file.key());
        boolean hasContent = position != null && position.mark().offset() > 0;
        boolean grown = before != null && before.state() == Position.State.COPY;
        // Inodes are given out again soon: a copy may well have that of a file which is gone.
        if (!hasContent && !grown && isCopy(file, now)) {
            return;
        }
        if (position != null) {
            // Renamed while nobody followed, it still comes before what has its old name now.
            if (follow(file.key(), file.path(), position.path(), position.mark(), now)) {
                return;
            }
            // Emptied, or another file with the same inode, while nobody followed.
            known.remove(file.key());
            if (position.state() == Position.State.FOLLOWED) {
                findAgain(position, now);
            }
            if (isCopy(file, now)) {
                return;
            }
        }
        Mark beginning = Mark.BEGINNING;
        if (fromEnd && !looked) {
            beginning = end(file.path());
        }
        follow(file.key(), file.path(), file.path(), beginning, now);
        firstSeen.remove(file.key());
    }

    /** True for what is not to be opened again. */
    private boolean stays(Position position, Present file, long now) {
        if (position.state() != Position.State.COPY) {
            return position.state() == Position.State.DONE
                    && file.size() == position.mark().offset();
        }
        Copy before = copies.get(file.key());
        if (before == null || now - before.since() < COPYING_MILLIS) {
            copies.put(file.key(), new Copy(before == null ? now : before.since(), file.size()));
            return true;
        }
        if (file.size() <= before.size()) {
            return true;
        }
        // A copy that grows is none: a log of its own, of which nothing has been read.
        copies.remove(file.key());
        known.put(file.key(), new Position(file.key(), file.path(), Mark.BEGINNING, Position.State.FOLLOWED));
        return false;
    }

    /** The end of the last whole line. */
    private static Mark end(Path path) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(path)) {
            long at = channel.size();
            java.nio.ByteBuffer one = java.nio.ByteBuffer.allocate(1);
            while (at > 0) {
                one.clear();
                channel.read(one, at - 1);
                if (one.get(0) == '\n') {
                    break;
                }
                at--;
            }
            return Mark.of(channel, at);
        }
    }

    /** Opens the file if its content is what the mark says. */
    private boolean follow(String key, Path path, Path family, Mark mark, long now) throws IOException {
        FollowedFile file = new FollowedFile(key, path, family, mark, charset, maxLineBytes, sink, now);
        boolean ours = false;
        try {
            ours = FilePatterns.isCompressed(path) ? file.continueCompressed(mark) : file.matches(mark);
        } finally {
            if (!ours) {
                file.close();
            }
        }
        if (ours) {
            open.put(key, file);
            changed = true;
            known.put(key, new Position(key, path, mark, Position.State.FOLLOWED));
        }
        return ours;
    }

    /** True if the file is, or may become, a copy of one that is followed. */
    private boolean isCopy(Present file, long now) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(file.path())) {
            for (FollowedFile other : open.values()) {
                Mark seen = other.seen();
                if (seen.offset() == 0 || other.isCompressed() || !Siblings.related(other.family(), file.path())) {
                    continue;
                }
                if (seen.matches(channel)) {
                    known.put(file.key(), new Position(file.key(), file.path(), seen, Position.State.COPY));
                    return true;
                }
                long size = channel.size();
                boolean grows =
                        size > 0 && size < seen.offset() && other.matches(Mark.of(channel, Math.min(size, 1024)));
                if (grows && now - firstSeen.computeIfAbsent(file.key(), key -> now) < COPYING_MILLIS) {
                    return true;
                }
            }
        }
        return false;
    }

    private void readOn(FollowedFile file, long now) throws IOException {
        if (file.wasEmptied()) {
            // Its place may be given up only when what was read of it is stored.
            if (!file.allStored()) {
                return;
            }
            boolean found = findAgain(new Position(file.key(), file.path(), file.seen(), Position.State.FOLLOWED), now);
            LOG.info("{} was emptied; {}", file.path(), found ? "its rest is read from the copy" : "it begins anew");
            file.startAgain(!found);
            known.put(file.key(), new Position(file.key(), file.path(), Mark.BEGINNING, Position.State.FOLLOWED));
            if (found) {
                return;
            }
        }
        file.read(AT_A_TURN, now);
    }

    /**
     * Finds what was read up to a position under another name, and follows it: the renamed file itself, a copy, or a
     * compressed one.
     */
    private boolean findAgain(Position position, long now) {
        known.remove(position.key());
        if (position.mark().offset() == 0 && open.containsKey(position.key())) {
            return false;
        }
        List<Path> candidates = Siblings.of(position.path());
        for (int pass = 0; pass < 3; pass++) {
            for (Path path : candidates) {
                if (fits(pass, path, position) && tryFollow(path, position, now)) {
                    return true;
                }
            }
        }
        if (position.mark().offset() > 0 && !open.containsKey(position.key())) {
            LOG.warn(
                    "{} is gone; what came after byte {} of it may not have been read",
                    position.path(),
                    position.mark().offset());
        }
        return false;
    }

    /** First the file itself, then copies, then what is compressed. Without any content only the file itself can be known. */
    private boolean fits(int pass, Path path, Position position) {
        Optional<BasicFileAttributes> is = attributes(path);
        if (is.isEmpty() || !is.get().isRegularFile()) {
            return false;
        }
        String key = key(path, is.get());
        if (open.containsKey(key)) {
            return false;
        }
        boolean compressed = FilePatterns.isCompressed(path);
        return switch (pass) {
            case 0 -> key.equals(position.key());
            case 1 ->
                !compressed
                        && position.mark().offset() > 0
                        && is.get().size() >= position.mark().offset();
            default -> path.toString().endsWith(".gz") && position.mark().offset() > 0;
        };
    }

    private boolean tryFollow(Path path, Position position, long now) {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            return follow(key(path, is), path, position.path(), position.mark(), now);
        } catch (IOException e) {
            LOG.debug("{} is not the rest of {}", path, position.path(), e);
            return false;
        }
    }

    /** Rotated and renamed ones first, then by age: the order in which lines were written. A copy holds what was there before. */
    private List<FollowedFile> inOrder(Map<String, Present> present) {
        List<FollowedFile> order = new ArrayList<>();
        List<FollowedFile> gone = open.values().stream()
                .filter(file -> !present.containsKey(file.key()))
                .toList();
        List<FollowedFile> there = present.keySet().stream()
                .filter(open::containsKey)
                .map(open::get)
                .toList();
        for (List<FollowedFile> each : List.of(gone, there)) {
            each.stream().filter(file -> !file.path().equals(file.family())).forEach(order::add);
            each.stream().filter(file -> file.path().equals(file.family())).forEach(order::add);
        }
        return order;
    }

    /** True while a file that had this name before is not read to its end. */
    private boolean waits(FollowedFile file) {
        return open.values().stream()
                .anyMatch(other -> other != file
                        && other.family().equals(file.path())
                        && !other.path().equals(file.path())
                        && !other.atEnd());
    }

    private void letGo(FollowedFile file) throws IOException {
        if (!file.isCompressed() && file.wasEmptied()) {
            return;
        }
        file.finish();
        if (!file.allStored()) {
            return;
        }
        Mark mark = file.isCompressed() ? known.get(file.key()).mark() : file.storedMark();
        open.remove(file.key());
        file.close();
        known.put(file.key(), new Position(file.key(), file.path(), mark, Position.State.DONE));
    }

    /** Up to where everything is stored, of all files that matter. */
    Collection<Position> positions() {
        for (FollowedFile file : open.values()) {
            Position last = known.get(file.key());
            if (!file.isCompressed() && (last == null || last.mark().offset() != file.storedOffset())) {
                guarded(
                        file.path(),
                        () -> known.put(
                                file.key(),
                                new Position(file.key(), file.path(), file.storedMark(), Position.State.FOLLOWED)));
            }
        }
        var oldest = known.entrySet().iterator();
        for (int over = known.size() - MOST_REMEMBERED; over > 0 && oldest.hasNext(); ) {
            if (!open.containsKey(oldest.next().getKey())) {
                oldest.remove();
                over--;
            }
        }
        return List.copyOf(known.values());
    }

    /** Whether a file has come since this was asked last: its place should be written before it can be renamed. */
    boolean changed() {
        boolean was = changed;
        changed = false;
        return was;
    }

    int files() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        for (FollowedFile file : open.values()) {
            file.close();
        }
        open.clear();
    }
}
