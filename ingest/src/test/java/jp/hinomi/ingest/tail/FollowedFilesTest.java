package jp.hinomi.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a log, minute by minute. */
class FollowedFilesTest {
    private static final long MINUTE = 60_000;

    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();

    private FollowedFiles follow(Path log, Map<String, Position> known) {
        LineSink sink = new LineSink() {
            @Override
            public boolean full() {
                return false;
            }

            @Override
            public void offer(byte[] line, long length, Runnable stored) {
                read.add(new String(line, UTF_8));
                stored.run();
            }
        };
        return new FollowedFiles(new FilePatterns(List.of(log.toString())), UTF_8, 1 << 20, false, 1_000, sink, known);
    }

    private static Map<String, Position> positions(FollowedFiles files) {
        return files.positions(true).stream()
                .collect(Collectors.toMap(Position::key, Function.identity(), (a, b) -> b, LinkedHashMap::new));
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            // Hardly compressible, so that a cut file ends in the middle of its content.
            text.append("line ")
                    .append(i)
                    .append(' ')
                    .append(Long.toHexString(i * 0x9E3779B97F4A7C15L))
                    .append('\n');
        }
        return text.toString();
    }

    /** Rotated and compressed while nobody followed, on a disk that was full. */
    @Test
    void aCompressedFileThatEndsTooEarlyHoldsTheLiveLogBackForFiveMinutesOnly() throws IOException {
        Path log = folder.resolve("app.log");
        Files.writeString(log, lines(0, 10));
        Map<String, Position> known;
        try (FollowedFiles files = follow(log, Map.of())) {
            files.look(0);
            known = positions(files);
        }
        Files.writeString(log, lines(0, 5_000));
        Path rotated = Files.move(log, folder.resolve("app.log.1"));
        TestLog.compress(rotated);
        Path compressed = folder.resolve("app.log.1.gz");
        byte[] whole = Files.readAllBytes(compressed);
        Files.write(compressed, Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(log, "live\n");
        read.clear();
        try (FollowedFiles files = follow(log, known)) {
            for (int minute = 0; minute < 5; minute++) {
                files.look(minute * MINUTE);
                assertThat(read).doesNotContain("live");
            }
            assertThat(read).as("what can be read of it").hasSizeGreaterThan(100);
            files.look(6 * MINUTE);
            files.look(6 * MINUTE + 1);
            assertThat(read).endsWith("live");
            assertThat(read.get(0)).startsWith("line 10 ");
            known = positions(files);
        }
        int before = read.size();
        try (FollowedFiles files = follow(log, known)) {
            files.look(7 * MINUTE);
            assertThat(read).as("neither again after a restart").hasSize(before);
        }
    }

    /** The disk with the log is mounted after the start, and has another number then. */
    @Test
    void aFileThatIsNotThereYetGoesOnWhereItStopped() throws IOException {
        Path log = Files.createDirectories(folder.resolve("disk")).resolve("app.log");
        Files.writeString(log, lines(0, 10));
        Map<String, Position> known;
        try (FollowedFiles files = follow(log, Map.of())) {
            files.look(0);
            known = positions(files);
        }
        read.clear();
        Path away = Files.move(folder.resolve("disk"), folder.resolve("away"));
        try (FollowedFiles files = follow(log, known)) {
            files.look(MINUTE);
            known = positions(files);
        }
        try (FollowedFiles files = follow(log, known)) {
            files.look(2 * MINUTE);
            Files.createDirectories(log.getParent());
            Files.copy(away.resolve("app.log"), log);
            Files.writeString(log, lines(0, 12));
            files.look(3 * MINUTE);
            assertThat(read).hasSize(2).allMatch(line -> line.startsWith("line 1"));
            assertThat(files.positions(true)).hasSize(1);
        }
    }

    @Test
    void anotherFileUnderTheNameOfOneThatIsNotThereIsReadFromItsBeginning() throws IOException {
        Path log = folder.resolve("app.log");
        Files.writeString(log, lines(0, 10));
        Map<String, Position> known;
        try (FollowedFiles files = follow(log, Map.of())) {
            files.look(0);
            known = positions(files);
        }
        Files.delete(log);
        read.clear();
        try (FollowedFiles files = follow(log, known)) {
            files.look(MINUTE);
            Files.writeString(log, lines(20, 40));
            files.look(2 * MINUTE);
            assertThat(read).hasSize(20);
        }
    }
}
