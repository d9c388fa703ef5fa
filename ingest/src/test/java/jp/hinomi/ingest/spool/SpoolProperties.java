package jp.hinomi.ingest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.slf4j.LoggerFactory;

/** Random datagrams, stores, stops, crashes and damage: what is not stored comes again, in order, whatever happened. */
class SpoolProperties {
    private static final int SEGMENT_BYTES = 600;
    private static final long LIMIT = 6_000;

    static {
        // Says of every damage what is damaged.
        ((Logger) LoggerFactory.getLogger(Spool.class)).setLevel(Level.OFF);
    }

    private final Path folder = newFolder();

    enum Step {
        APPEND,
        APPEND_MANY,
        TAKE,
        TAKE_MANY,
        STORE_FIRST,
        STORE_LAST,
        STORE_ALL,
        SETTLE,
        STOP,
        CRASH
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("hinomi-spool");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterTry
    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    @Property(tries = 40)
    void whatIsNotStoredComesAgainInOrderAndTheLimitHolds(@ForAll @Size(max = 60) List<Step> steps) throws IOException {
        int runs = 0;
        Path place = folder.resolve("0");
        Spool spool = Spool.open(place, LIMIT, SEGMENT_BYTES);
        int appended = 0;
        Set<Integer> unstored = new TreeSet<>();
        Deque<Spool.Taken> taken = new ArrayDeque<>();
        int last = -1;
        for (Step step : steps) {
            switch (step) {
                case APPEND, APPEND_MANY -> {
                    for (int i = 0; i < (step == Step.APPEND ? 1 : 20); i++) {
                        if (spool.append(datagram(appended))) {
                            unstored.add(appended++);
                        }
                    }
                }
                case TAKE, TAKE_MANY -> {
                    for (int i = 0; i < (step == Step.TAKE ? 1 : 15); i++) {
                        Optional<Spool.Taken> next = spool.take(0);
                        assertThat(next.isPresent() || !spool.hasWaiting()).isTrue();
                        if (next.isPresent()) {
                            int number = number(next.get().datagram());
                            assertThat(number).isGreaterThan(last);
                            assertThat(unstored.stream().filter(each -> each < number))
                                    .as("none is left out")
                                    .allMatch(new TreeSet<>(numbers(taken))::contains);
                            last = number;
                            taken.add(next.get());
                        }
                    }
                }
                case STORE_FIRST -> store(taken.pollFirst(), unstored);
                case STORE_LAST -> store(taken.pollLast(), unstored);
                case STORE_ALL -> {
                    while (!taken.isEmpty()) {
                        store(taken.remove(), unstored);
                    }
                }
                case SETTLE -> spool.settle();
                case STOP, CRASH -> {
                    boolean all = step == Step.STOP && unstored.isEmpty() && taken.isEmpty() && !spool.hasWaiting();
                    if (step == Step.STOP) {
                        spool.close();
                    }
                    Path next = folder.resolve(Integer.toString(++runs));
                    copy(place, next);
                    spool.close();
                    place = next;
                    spool = Spool.open(place, LIMIT, SEGMENT_BYTES);
                    taken.clear();
                    last = -1;
                    if (all) {
                        assertThat(spool.take(0)).as("nothing is stored twice").isEmpty();
                    }
                }
            }
            assertThat(size(place)).isLessThanOrEqualTo(LIMIT);
        }
        List<Integer> rest = numbers(taken);
        for (Optional<Spool.Taken> next = spool.take(0); next.isPresent(); next = spool.take(0)) {
            rest.add(number(next.get().datagram()));
            next.get().stored();
        }
        assertThat(rest).isSorted().doesNotHaveDuplicates().containsAll(unstored);
        taken.forEach(Spool.Taken::stored);
        spool.settle();
        assertThat(size(place)).isZero();
        assertThat(spool.counts().bytes()).isZero();
        spool.close();
    }

    @Property(tries = 40)
    void whatIsBeforeDamageIsReadAndWhatIsInOtherFiles(
            @ForAll @IntRange(max = 3_000) int where,
            @ForAll boolean cut,
            @ForAll @IntRange(min = 1, max = 255) int mask)
            throws IOException {
        List<Integer> ofDamaged = new ArrayList<>();
        try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
            for (int i = 0; i < 40; i++) {
                assertThat(spool.append(datagram(i))).isTrue();
            }
        }
        List<Path> files = files(folder);
        Path damaged = files.get(where % files.size());
        long at = (long) where * Files.size(damaged) / 3_001;
        Segment segment = Segment.open(damaged).orElseThrow();
        int before = 0;
        while (!segment.isRead()) {
            ofDamaged.add(number(segment.read().orElseThrow()));
            before += at >= Segment.HEAD && segment.readTo() <= at ? 1 : 0;
        }
        segment.close();
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (cut) {
                channel.truncate(at);
            } else {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, at);
                channel.write(one.put(0, (byte) (one.get(0) ^ mask)).rewind(), at);
            }
        }
        long size = Files.size(damaged);
        List<Integer> unstored = new ArrayList<>();
        long damagedBytes;
        try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
            for (Optional<Spool.Taken> next = spool.take(0); next.isPresent(); next = spool.take(0)) {
                unstored.add(number(next.get().datagram()));
            }
            spool.settle();
            damagedBytes = spool.counts().damagedBytes();
        }
        List<Integer> came = new ArrayList<>();
        try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
            for (Optional<Spool.Taken> next = spool.take(0); next.isPresent(); next = spool.take(0)) {
                came.add(number(next.get().datagram()));
                next.get().stored();
            }
            spool.settle();
            if (came.size() < 40 && at >= Segment.HEAD && !cut) {
                assertThat(damagedBytes).isPositive();
                assertThat(spool.counts().damagedFiles()).isEqualTo(1);
                assertThat(folder.resolve(damaged.getFileName() + ".damaged"))
                        .as("nothing of it is deleted")
                        .hasSize(size);
            }
        }
        assertThat(came).as("damage loses nothing that is not stored").isEqualTo(unstored);
        List<Integer> expected = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
        expected.removeAll(ofDamaged);
        expected.addAll(ofDamaged.subList(0, before));
        assertThat(came).isSorted().containsAll(expected);
        assertThat(IntStream.range(0, 40).boxed().toList()).containsAll(came);
    }

    /** Seen to fail when the number of a file that lies aside was given again: the second could not be kept. */
    @Example
    void whatLiesAsideKeepsItsName() throws IOException {
        for (int i = 1; i <= 3; i++) {
            try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
                assertThat(spool.append(datagram(i))).isTrue();
            }
            for (Path file : files(folder)) {
                if (file.toString().endsWith(".datagrams")) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(Files.size(file) - 1);
                    }
                }
            }
            try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
                assertThat(spool.take(0)).isEmpty();
                spool.settle();
                assertThat(spool.counts().damagedFiles()).isEqualTo(i);
            }
            assertThat(Spool.leftIn(folder)).isZero();
            try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
                assertThat(spool.counts().damagedFiles()).isEqualTo(i);
                assertThat(spool.hasWaiting()).isFalse();
            }
        }
    }

    /** An interrupted read is a real failure of the disk's: it closes the file, and says nothing about what is in it. */
    @Example
    void whatCannotBeReadNowIsTriedAgainAndGivenUpOnlyAfterTenMinutes() throws IOException {
        long late = Spool.UNREADABLE_NANOS;
        try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
            for (int i = 0; i < 30; i++) {
                assertThat(spool.append(datagram(i))).isTrue();
            }
            Spool.Taken first = spool.take(0).orElseThrow();
            assertThat(number(first.datagram())).isZero();
            takeInterrupted(spool, 1);
            assertThat(spool.hasWaiting()).isTrue();
            Spool.Taken second = spool.take(late + 1).orElseThrow();
            assertThat(number(second.datagram())).isEqualTo(1);
            first.stored();
            second.stored();
            assertThat(spool.counts().damagedBytes()).isZero();

            takeInterrupted(spool, late);
            takeInterrupted(spool, 2 * late - 1);
            assertThat(spool.counts().damagedFiles()).isZero();
            takeInterrupted(spool, 2 * late);
            assertThat(spool.counts().damagedFiles()).isEqualTo(1);
            assertThat(number(spool.take(2 * late + 1).orElseThrow().datagram()))
                    .isGreaterThan(2);
            assertThat(spool.append(datagram(30))).isTrue();
            spool.settle();
        }
        List<Path> aside;
        try (Stream<Path> all = Files.list(folder)) {
            aside = all.filter(file -> file.toString().endsWith(".datagrams.damaged"))
                    .toList();
        }
        assertThat(aside).hasSize(1);
        String name = aside.get(0).getFileName().toString();
        Files.move(aside.get(0), folder.resolve(name.substring(0, name.length() - ".damaged".length())));
        List<Integer> came = new ArrayList<>();
        try (Spool spool = Spool.open(folder, LIMIT, SEGMENT_BYTES)) {
            spool.take(0).ifPresent(first -> came.add(number(first.datagram())));
        }
        assertThat(came)
                .as("under its old name it is read on when the disk is sound")
                .containsExactly(2);
    }

    private static void takeInterrupted(Spool spool, long nanos) {
        Thread.currentThread().interrupt();
        try {
            assertThat(spool.take(nanos)).isEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Memory holds what came before the spool began, and what came after it was empty; both may be found by a stop. */
    @Property(tries = 30)
    void whatAStopFindsInMemoryComesInItsPlace(@ForAll @Size(max = 30) List<@IntRange(max = 3) Integer> steps)
            throws IOException {
        int number = 0;
        for (int run = 0; run < 2; run++) {
            List<Datagram> inMemory = new ArrayList<>();
            List<Long> marks = new ArrayList<>();
            try (Spool spool = Spool.open(folder, 1 << 20, SEGMENT_BYTES)) {
                for (int step : steps) {
                    switch (step) {
                        case 0 -> assertThat(spool.append(datagram(number++))).isTrue();
                        case 1 -> spool.take(0);
                        default -> {
                            if (spool.hasWaiting()) {
                                assertThat(spool.append(datagram(number++))).isTrue();
                            } else {
                                inMemory.add(datagram(number++));
                                marks.add(spool.mark());
                            }
                        }
                    }
                }
                for (int i = 0; i < marks.size(); i++) {
                    assertThat(spool.keepForNextRun(marks.get(i), inMemory.get(i)))
                            .isTrue();
                }
            }
        }
        List<Integer> came = new ArrayList<>();
        try (Spool spool = Spool.open(folder, 1 << 20, SEGMENT_BYTES)) {
            for (Optional<Spool.Taken> next = spool.take(0); next.isPresent(); next = spool.take(0)) {
                came.add(number(next.get().datagram()));
            }
        }
        assertThat(came).isEqualTo(IntStream.range(0, number).boxed().toList());
    }

    @Example
    void aFolderIsForOneProcess() throws IOException {
        try (Spool spool = Spool.open(folder, 1 << 20)) {
            assertThatThrownBy(() -> Spool.open(folder, 1 << 20))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(folder.toString(), "another process", "choose another folder");
            assertThat(spool.append(datagram(0))).isTrue();
        }
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Spool.open(file.resolve("spool"), 1 << 20))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("cannot keep datagrams in", "may write");
    }

    @Example
    void aDatagramComesBackAsItWent() throws IOException {
        byte[] long65507 = new byte[65_507];
        long65507[65_506] = 7;
        Datagram longest = new Datagram(1_775_000_000_123L, "2001:db8::1", long65507);
        try (Spool spool = Spool.open(folder, 1 << 20)) {
            assertThat(spool.append(longest)).isTrue();
            Datagram back = spool.take(0).orElseThrow().datagram();
            assertThat(back.receivedMillis()).isEqualTo(longest.receivedMillis());
            assertThat(back.peer()).isEqualTo("2001:db8::1");
            assertThat(back.message()).isEqualTo(long65507);
        }
    }

    private static void store(Spool.Taken taken, Set<Integer> unstored) {
        if (taken != null) {
            taken.stored();
            unstored.remove(number(taken.datagram()));
        }
    }

    private static Datagram datagram(int number) {
        return new Datagram(number, "192.0.2.1", (number + " " + "x".repeat(number * 7 % 90)).getBytes(UTF_8));
    }

    private static int number(Datagram datagram) {
        return Integer.parseInt(new String(datagram.message(), UTF_8).split(" ")[0]);
    }

    private static List<Integer> numbers(Deque<Spool.Taken> taken) {
        return new ArrayList<>(
                taken.stream().map(each -> number(each.datagram())).toList());
    }

    /** What a killed process leaves behind. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        for (Path file : files(folder)) {
            size += Files.size(file);
        }
        return size;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".datagrams"))
                    .sorted()
                    .toList();
        }
    }
}
