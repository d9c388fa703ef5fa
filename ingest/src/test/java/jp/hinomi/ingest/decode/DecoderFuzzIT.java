package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.ingest.fuzz.FuzzWords;
import jp.hinomi.ingest.fuzz.Fuzzing;
import jp.hinomi.ingest.fuzz.Planted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Searches for records that a decoder does not survive, guided by which code they reach. In the build all formats share a few
 * seconds and a corpus. With {@code -Dhinomi.fuzz.formats=cef,leef} (or {@code all}) each of these is searched by itself, on
 * a corpus of its own that is kept, for {@code -Dhinomi.fuzz.seconds} each. What is found lies in {@code findings} there.
 */
class DecoderFuzzIT {
    private static final int LONGEST = 2048;

    @Test
    void noRecordIsTooMuchForADecoder() throws Exception {
        assumeThat(formats()).isEmpty();
        Path corpus = Fuzzing.folder("corpus");
        for (Map.Entry<String, List<String>> samples : DecoderFuzz.seeds().entrySet()) {
            for (int i = 0; i < samples.getValue().size(); i++) {
                byte[] seed =
                        DecoderFuzz.seed(samples.getKey(), samples.getValue().get(i));
                Files.write(corpus.resolve("sample-" + samples.getKey() + "-" + i), seed);
            }
        }
        Fuzzing fuzzing = new Fuzzing(DecoderFuzz.class, corpus, Fuzzing.folder("findings"));
        Fuzzing.Outcome outcome = fuzzing.run(Fuzzing.duration(Duration.ofSeconds(15)), LONGEST);
        assertThat(outcome.found()).as(outcome.log()).isFalse();
        assertThat(outcome.coverage()).as("places reached").isGreaterThan(1_000);
        // Not more: a busy machine may do little beyond the samples.
        assertThat(outcome.runs()).as("records tried").isGreaterThan(100);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("formats")
    void noRecordIsTooMuchForTheDecoderOf(String format) throws Exception {
        List<String> samples = DecoderFuzz.seeds().get(format);
        assertThat(samples).as("samples of " + format).isNotEmpty();
        Path corpus = Fuzzing.folder(format + "/corpus");
        for (int i = 0; i < samples.size(); i++) {
            Files.write(corpus.resolve("sample-" + i), DecoderFuzz.seed(format, samples.get(i)));
        }
        Fuzzing fuzzing = new Fuzzing(
                DecoderFuzz.class,
                corpus,
                Fuzzing.folder(format + "/findings"),
                words(format, samples),
                Map.of(DecoderFuzz.FORMAT, format));
        Fuzzing.Outcome outcome = fuzzing.run(Fuzzing.duration(Duration.ofSeconds(60)), LONGEST);
        System.out.println(format + ": " + outcome.runs() + " records, " + outcome.coverage() + " places");
        assertThat(outcome.found()).as(outcome.log()).isFalse();
    }

    /** STIX patterns have no decoder, but keywords in their samples. */
    private static Set<String> words(String format, List<String> samples) throws IOException {
        return Decoders.formats().contains(format)
                ? FuzzWords.of(
                        samples, Decoders.of(format, DecoderTable.TOKYO, UTF_8).getClass())
                : FuzzWords.of(samples);
    }

    /** Those that are asked for; usually none. */
    static List<String> formats() {
        String asked = System.getProperty("hinomi.fuzz.formats", "");
        return asked.equals("all")
                ? List.copyOf(DecoderFuzz.seeds().keySet())
                : Stream.of(asked.split(",")).filter(name -> !name.isBlank()).toList();
    }

    /** Fails unless coverage and comparisons guide the search: no random text meets these conditions. */
    @Test
    void theSearchIsGuided(@TempDir Path folder) throws Exception {
        Fuzzing fuzzing = new Fuzzing(
                Planted.class,
                Files.createDirectory(folder.resolve("corpus")),
                Files.createDirectory(folder.resolve("findings")));
        Fuzzing.Outcome outcome = fuzzing.run(Duration.ofSeconds(60), 100);
        assertThat(outcome.found()).as(outcome.log()).isTrue();
        assertThat(outcome.log()).contains(Planted.MESSAGE);
    }
}
