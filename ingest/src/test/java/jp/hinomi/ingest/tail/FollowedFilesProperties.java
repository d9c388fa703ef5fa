package jp.hinomi.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Random logs, rotations, stops and crashes: every line is stored, in order, and only a crash repeats any. */
class FollowedFilesProperties {
    private static final long QUIET = 1_000;

    enum Step {
        WRITE,
        WRITE_MANY,
        BEGIN,
        LOOK,
        LOOK_AND_STORE,
        RENAME,
        REOPEN,
        RENAME_AND_REOPEN,
        COPY_AND_TRUNCATE,
        COPY_LOOK_AND_TRUNCATE,
        COMPRESS,
        STOP,
        CRASH,
        WAIT
    }

    /** Stores what it is given, when it is told to; what was not stored is forgotten in a crash. */
    private static final class Store implements LineSink {
        private final List<String> stored = new ArrayList<>();
        private final Set<String> read = new HashSet<>();
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int room;

        @Override
        public boolean full() {
            return room <= 0;
        }

        @Override
        public void offer(byte[] line, long length, Runnable done) {
            room--;
            String text = new String(line, UTF_8);
            read.add(text);
            waiting.add(() -> {
                stored.add(text);
                done.run();
            });
        }

        void storeAll() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }

        void crash() {
            waiting.clear();
            read.retainAll(Set.copyOf(stored));
        }
    }

    @Property(tries = 300)
    void nothingIsLostAndOnlyACrashRepeats(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 3, max = 400) int room, @ForAll boolean glob)
            throws IOException {
        Path folder = Files.createTempDirectory("hinomi-tail-property");
        try {
            run(folder, steps, room, glob);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    /** Found by the property above: the copy was read after the file that waited for it, look after look. */
    @Example
    void aFileThatWasEmptiedAndThenRenamedIsReadOn() throws IOException {
        nothingIsLostAndOnlyACrashRepeats(
                List.of(Step.WRITE, Step.LOOK, Step.COPY_AND_TRUNCATE, Step.BEGIN, Step.RENAME), 3, false);
    }

    /** Found likewise: what is gone waited for a renamed file that was read after it. */
    @Example
    void aFileIsReadOnWhoseNameAnotherHadBefore() throws IOException {
        nothingIsLostAndOnlyACrashRepeats(
                List.of(
                        Step.LOOK,
                        Step.RENAME_AND_REOPEN,
                        Step.WRITE,
                        Step.LOOK_AND_STORE,
                        Step.WRITE_MANY,
                        Step.RENAME_AND_REOPEN,
                        Step.COMPRESS),
                300,
                true);
    }

    private void run(Path folder, List<Step> steps, int room, boolean glob) throws IOException {
        FilePatterns patterns = new FilePatterns(List.of(folder.resolve("app.log") + (glob ? "*" : "")));
        Path positions = folder.resolve("state");
        Store store = new Store();
        Path rotated = null;
        // Nothing can know a file again of which nobody saw a line before it was compressed.
        boolean rotatedSeen = false;
        // Nor can it be known after a crash if nothing of it had been stored.
        boolean compressedTooSoon = false;
        boolean crashed = false;
        long now = 0;
        int number = 0;
        try (TestLog log = new TestLog(folder.resolve("app.log"))) {
            FollowedFiles files = start(patterns, store, positions);
            for (Step step : steps) {
                now += 100;
                store.room = room;
                switch (step) {
                    case WRITE -> log.write("line " + number++);
                    case WRITE_MANY -> {
                        for (int i = 0; i < 60; i++) {
                            log.write("line " + number++ + " " + "x".repeat(number % 300));
                        }
                    }
                    case BEGIN -> log.begin("begun " + number++);
                    case LOOK -> {
                        files.look(now);
                        log.wasSeen(store.read);
                        if (files.changed()) {
                            save(positions, files, false);
                        }
                    }
                    case LOOK_AND_STORE -> {
                        files.look(now);
                        log.wasSeen(store.read);
                        store.storeAll();
                        save(positions, files, false);
                        compressedTooSoon = false;
                    }
                    case RENAME -> {
                        if (!log.isRenamed() && log.isSeen()) {
                            rotatedSeen = log.isContentSeen();
                            rotated = log.rename();
                        }
                    }
                    case REOPEN -> {
                        if (log.isRenamed() && !log.hasUnfinished()) {
                            log.reopen();
                        }
                    }
                    case RENAME_AND_REOPEN -> {
                        if (!log.isRenamed() && log.isSeen() && !log.hasUnfinished()) {
                            rotatedSeen = log.isContentSeen();
                            rotated = log.rename();
                            log.reopen();
                        }
                    }
                    case COPY_AND_TRUNCATE, COPY_LOOK_AND_TRUNCATE -> {
                        if (!log.isRenamed() && log.isContentSeen() && !log.hasUnfinished()) {
                            rotatedSeen = true;
                            rotated = log.copy();
                            if (step == Step.COPY_LOOK_AND_TRUNCATE) {
                                files.look(now);
                            }
                            log.truncate();
                            // Who looks every 200 ms sees each emptying; twice between two looks would lose in any
                            // program.
                            settle(files, store, positions, now);
                        }
                    }
                    case COMPRESS -> {
                        if (rotated != null && rotatedSeen && !log.isRenamed()) {
                            TestLog.compress(rotated);
                            compressedTooSoon = !store.waiting.isEmpty();
                            rotated = null;
                        }
                    }
                    case STOP -> {
                        store.storeAll();
                        save(positions, files, true);
                        compressedTooSoon = false;
                        files.close();
                        files = start(patterns, store, positions);
                    }
                    case CRASH -> {
                        if (!compressedTooSoon) {
                            crashed = true;
                            rotatedSeen = false;
                            log.wasForgotten();
                            store.crash();
                            files.close();
                            files = start(patterns, store, positions);
                        }
                    }
                    case WAIT -> now += QUIET;
                }
            }
            if (log.isRenamed() && !log.hasUnfinished()) {
                log.reopen();
            }
            if (log.hasUnfinished()) {
                log.write("");
            }
            settle(files, store, positions, now);
            now += QUIET + 1;
            settle(files, store, positions, now);
            files.close();
            List<String> expected = log.written();
            if (crashed) {
                assertThat(new LinkedHashSet<>(store.stored)).containsExactlyElementsOf(expected);
            } else {
                assertThat(store.stored).containsExactlyElementsOf(expected);
            }
        }
    }

    private static void settle(FollowedFiles files, Store store, Path positions, long now) throws IOException {
        for (int i = 0; i < 12; i++) {
            store.room = 100_000;
            files.look(now);
            store.storeAll();
        }
        save(positions, files, false);
    }

    private static FollowedFiles start(FilePatterns patterns, Store store, Path positions) throws IOException {
        Map<String, Position> known = new LinkedHashMap<>();
        try (PositionFile file = PositionFile.open(positions)) {
            known.putAll(file.read());
        }
        return new FollowedFiles(patterns, UTF_8, 1 << 20, false, QUIET, store, known);
    }

    private static void save(Path positions, FollowedFiles files, boolean last) throws IOException {
        try (PositionFile file = PositionFile.open(positions)) {
            file.write(files.positions(last));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, Arbitraries.of(Step.WRITE, Step.WRITE_MANY, Step.BEGIN)),
                        net.jqwik.api.Tuple.of(5, Arbitraries.of(Step.LOOK, Step.LOOK_AND_STORE)),
                        net.jqwik.api.Tuple.of(4, Arbitraries.of(Step.values())))
                .list()
                .ofMaxSize(40);
    }
}
