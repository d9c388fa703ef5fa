package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Records and the whole documents that they become, from the files in {@code documents/}, one per format. A record is one
 * or more lines after {@code > }; the lines {@code name=value} below it are all fields of its event, but {@code
 * event.original} and {@code city.source}; an empty line ends it. A line that begins with {@code #} is a comment.
 *
 * <p>Seen to fail: with one field more or less in a file, and with another value.
 */
class DocumentsTest {
    @TestFactory
    Stream<DynamicTest> everyFieldOfEveryDocument() throws IOException, URISyntaxException {
        Path folder = Path.of(DocumentsTest.class.getResource("documents").toURI());
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String format = file.getFileName().toString().replace(".txt", "");
                for (Sample sample : samples(Files.readAllLines(file, UTF_8))) {
                    tests.add(DynamicTest.dynamicTest(format + ": " + sample.name(), () -> check(format, sample)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    /** All records of one format; empty if it has no file. */
    static List<String> records(String format) throws IOException, URISyntaxException {
        Path file =
                Path.of(DocumentsTest.class.getResource("documents").toURI()).resolve(format + ".txt");
        return Files.exists(file)
                ? samples(Files.readAllLines(file, UTF_8)).stream()
                        .map(Sample::record)
                        .toList()
                : List.of();
    }

    private record Sample(String record, List<String> fields) {
        String name() {
            return record.length() > 100 ? record.substring(0, 100) + "…" : record;
        }
    }

    private static void check(String format, Sample sample) {
        SecurityEvent event = new DecoderTable(format).event(sample.record());
        DecoderTable.assertWellFormed(event);
        assertThat(EcsConformity.faults(event)).isEmpty();
        assertThat(event.text(Fields.EVENT_ORIGINAL)).isEqualTo(sample.record());
        assertThat(event.text(Fields.CITY_SOURCE)).isEqualTo("src");
        TreeSet<String> actual = new TreeSet<>();
        actual.add(SecurityEvent.TIMESTAMP + '=' + Instant.ofEpochMilli(event.timestampMillis()));
        event.forEach((name, value) -> {
            if (!name.equals(Fields.EVENT_ORIGINAL.name()) && !name.equals(Fields.CITY_SOURCE.name())) {
                actual.add(name + '=' + value.toString().replace("\n", "\\n"));
            }
        });
        assertThat(actual).as(sample.record()).containsExactlyInAnyOrderElementsOf(sample.fields());
    }

    private static List<Sample> samples(List<String> lines) {
        List<Sample> samples = new ArrayList<>();
        List<String> record = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("> ") || line.equals(">")) {
                record.add(line.length() > 1 ? line.substring(2) : "");
            } else if (!line.isEmpty() && line.charAt(0) != '#') {
                fields.add(line);
            } else if (!fields.isEmpty()) {
                samples.add(new Sample(String.join("\n", record), List.copyOf(fields)));
                record.clear();
                fields.clear();
            }
        }
        if (!fields.isEmpty()) {
            samples.add(new Sample(String.join("\n", record), List.copyOf(fields)));
        }
        return samples;
    }
}
