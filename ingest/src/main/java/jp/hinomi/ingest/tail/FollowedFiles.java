package jp.hinomi.ingest.tail;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
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

    /** A file that nobody follows up is closed after so many times the usual. */
    private static final int AT_MOST_TIMES = 60;

    /** A compressed file that ends too early may still be written; after so long nobody does, and its successor need not wait. */
    private static final long BROKEN_MILLIS = 5 * 60_000;

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
    private final Copies copies = new Copies();
    private final ByteBuffer chunk = FollowedFile.chunk();

    /** When files that need not be read had been written last, when they were compared with their marks. */
    private final Map<String, Long> compared = new HashMap<>();

    /** Known, but not there: on a disk that is mounted late, for example. By the names under which they were followed. */
    private final Map<Path, Position> missing = new HashMap<>();

    private final Set<Path> complained = new HashSet<>();
    private boolean looked;
    private boolean changed;

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
        Map<String, Present> present = Present.all(patterns.files());
        compared.keySet().retainAll(present.keySet());
        copies.keepOnly(present.keySet());
        // First what is known, then where the rest of what is not there any more has gone, then what is new: inodes are
        // given out again soon, so only the content tells which is which.
        List<Position> lost = new ArrayList<>();
        if (!looked) {
            known.values().stream()
                    .filter(position -> position.state() == Position.State.FOLLOWED)
                    .filter(position -> !present.containsKey(position.key()))
                    .forEach(lost::add);
        }
        for (Present file : present.values()) {
            FollowedFile followed = open.get(file.key());
            if (followed == null) {
                guarded(file.path(), () -> goOn(file, now).ifPresent(lost::add));
            } else {
                followed.seenAt(file.path(), file.modified());
            }
        }
        findAgain(lost, now);
        if (!looked) {
            lost.stream()
                    .filter(position -> position.mark().offset() > 0 && !isOpenAs(position.path()))
                    .forEach(this::remember);
        }
        for (Present file : present.values()) {
            if (!open.containsKey(file.key())) {
                guarded(file.path(), () -> begin(file, now));
            }
        }
        looked = true;
        open.values().forEach(FollowedFile::beginLook);
        boolean more = false;
        List<FollowedFile> left = inOrder(present);
        // Some wait for others of this look.
        for (boolean any = true; any; ) {
            any = false;
            for (FollowedFile file : List.copyOf(left)) {
                if (sink.full()) {
                    return true;
                }
                if (!waits(file, present.keySet())) {
                    long before = file.readTo();
                    guarded(file.path(), () -> readOn(file, now));
                    more |= file.readTo() > before && !file.atEnd();
                    any = true;
                    left.remove(file);
                }
            }
        }
        for (FollowedFile file : List.copyOf(open.values())) {
            if (!present.containsKey(file.key()) && isOver(file, now)) {
                guarded(file.path(), () -> letGo(file));
            }
        }
        return more;
    }

    private boolean isOpenAs(Path family) {
        return open.values().stream().anyMatch(file -> file.family().equals(family));
    }

    private void remember(Position position) {
        known.put(position.key(), position);
        missing.put(position.path(), position);
    }

    /** True if the file is one that was missing: it goes on where it stopped. The disk may have got another number. */
    private boolean cameBack(Present file, long now) throws IOException {
        Position position = missing.get(file.path());
        if (position == null
                || file.size() < position.mark().offset()
                || !follow(file.key(), file.path(), position.path(), position.mark(), now)) {
            return false;
        }
        missing.remove(file.path());
        if (!position.key().equals(file.key())) {
            known.remove(position.key());
        }
        LOG.info(
                "{} is there again and goes on after byte {}",
                file.path(),
                position.mark().offset());
        return true;
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
    private void guarded(Path path, Step step) {
        try {
            step.run();
        } catch (AccessDeniedException e) {
            complain(path, "{} is not followed: it may not be read; give the user of Hinomi the right");
        } catch (IOException e) {
            LOG.debug("{} cannot be read now", path, e);
        }
    }

    /** Once for each file. */
    private void complain(Path path, String what) {
        if (complained.size() > MOST_REMEMBERED) {
            complained.clear();
        }
        if (complained.add(path)) {
            LOG.warn(what, path);
        }
    }

    private boolean tooMany(Path path) {
        if (open.size() >= MOST_OPEN) {
            complain(path, "{} is not followed: " + MOST_OPEN + " files are open already; use narrower patterns");
        }
        return open.size() >= MOST_OPEN;
    }

    /** Goes on with a file that is known; returns its position if what was read of it is not there any more. */
    private Optional<Position> goOn(Present file, long now) throws IOException {
        Position position = known.get(file.key());
        if (position == null
                || position.mark().offset() == 0
                || tooMany(file.path())
                || position.state() != Position.State.FOLLOWED && isAsItWas(file, position.mark())) {
            return Optional.empty();
        }
        // Renamed while nobody followed, it still comes before what has its old name now.
        if (position.state() != Position.State.COPY
                && follow(file.key(), file.path(), position.path(), position.mark(), now)) {
            return Optional.empty();
        }
        // Emptied, another file with the same inode, or a copy that has grown.
        known.remove(file.key());
        return Optional.of(position).filter(lost -> lost.state() == Position.State.FOLLOWED);
    }

    private boolean isAsItWas(Present file, Mark mark) throws IOException {
        if (file.size() != mark.offset()) {
            return false;
        }
        if (!Long.valueOf(file.modified()).equals(compared.get(file.key()))) {
            if (!mark.isIn(file.path())) {
                return false;
            }
            compared.put(file.key(), file.modified());
        }
        return true;
    }

    /** Begins with what is not known, or of which nothing has been read. */
    private void begin(Present file, long now) throws IOException {
        if (!missing.isEmpty() && cameBack(file, now)) {
            return;
        }
        Position position = known.get(file.key());
        boolean stays = position != null
                && (position.mark().offset() > 0 || position.state() == Position.State.DONE && file.size() == 0);
        if (stays || tooMany(file.path())) {
            return;
        }
        if (fromEnd && !looked) {
            follow(file.key(), file.path(), file.path(), end(file.path()), now);
            return;
        }
        Copies.Verdict verdict = copies.of(file, open.values(), now);
        switch (verdict.kind()) {
            case COPY ->
                known.put(file.key(), new Position(file.key(), file.path(), verdict.content(), Position.State.COPY));
            case PERHAPS -> {}
            case OWN -> {
                boolean renamed = position != null && Siblings.related(position.path(), file.path());
                follow(file.key(), file.path(), renamed ? position.path() : file.path(), Mark.BEGINNING, now);
            }
        }
    }

    private Mark end(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return Mark.of(channel, new LineCutter(charset, maxLineBytes).endOfLastLine(channel));
        }
    }

    /** Opens the file if its content is what the mark says. */
    private boolean follow(String key, Path path, Path family, Mark mark, long now) throws IOException {
        FollowedFile file = new FollowedFile(key, path, family, mark, charset, maxLineBytes, chunk, sink, now);
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
            known.put(key, new Position(key, family, mark, Position.State.FOLLOWED));
        }
        return ours;
    }

    private void readOn(FollowedFile file, long now) throws IOException {
        if (file.wasEmptied()) {
            // Its place may be given up only when what was read of it is stored.
            if (!file.allStored()) {
                return;
            }
            boolean found = findAgain(
                    List.of(new Position(file.key(), file.path(), file.seen(), Position.State.FOLLOWED)), now);
            LOG.info("{} was emptied; {}", file.path(), found ? "its rest is read from the copy" : "it begins anew");
            file.startAgain(!found);
            known.put(file.key(), new Position(file.key(), file.family(), Mark.BEGINNING, Position.State.FOLLOWED));
            if (found) {
                return;
            }
        }
        try {
            file.read(AT_A_TURN, now);
        } catch (EOFException | ZipException e) {
            if (now - file.quietSince() < BROKEN_MILLIS) {
                throw e;
            }
            giveUp(file, e);
        }
    }

    /** What could be read of it is handed on; what comes after it waits no longer. */
    private void giveUp(FollowedFile file, IOException why) throws IOException {
        LOG.error(
                "{} is no whole gzip file ({}): what was in its missing rest is not read, and what came after it is. Where"
                        + " there is another copy, send its end with 'hinomi send'",
                file.path(),
                why.toString());
        file.finish();
        open.remove(file.key());
        file.close();
        known.put(
                file.key(),
                new Position(file.key(), file.path(), known.get(file.key()).mark(), Position.State.DONE));
    }

    /** Finds what was read up to these positions under other names, and follows it; true if all were found. */
    private boolean findAgain(List<Position> positions, long now) {
        positions.forEach(position -> known.remove(position.key()));
        return new Search(
                        known,
                        open.keySet(),
                        (file, position) -> follow(file.key(), file.path(), position.path(), position.mark(), now))
                .findAgain(positions);
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

    /** True while a file that had this name before, and has another now or is gone, is not read to its end. */
    private boolean waits(FollowedFile file, Set<String> present) {
        return open.values().stream()
                .anyMatch(other -> other != file
                        && other.family().equals(file.path())
                        && (!other.path().equals(file.path())
                                || !present.contains(other.key()) && present.contains(file.key()))
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

    /**
     * Up to where everything is stored, of all files that matter.
     *
     * @param last whether no more is read: then also of compressed files, of which that is costly to find out
     */
    Collection<Position> positions(boolean last) {
        for (FollowedFile file : open.values()) {
            Position before = known.get(file.key());
            if ((last || !file.isCompressed())
                    && (before == null || before.mark().offset() != file.storedOffset())) {
                guarded(
                        file.path(),
                        () -> known.put(
                                file.key(),
                                new Position(file.key(), file.family(), file.storedMark(), Position.State.FOLLOWED)));
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
