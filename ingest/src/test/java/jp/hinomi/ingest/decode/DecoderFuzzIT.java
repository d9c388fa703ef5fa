package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.fuzz.Fuzzing;
import jp.hinomi.ingest.fuzz.Planted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches for records that a decoder does not survive, guided by which code they reach. An input that it finds lies in
 * {@code target/fuzz/findings}; with {@code -Dhinomi.fuzz.seconds=600} it searches longer, on the corpus that it has.
 */
class DecoderFuzzIT {
    private static final int LONGEST = 2048;

    @Test
    void noRecordIsTooMuchForADecoder() throws Exception {
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
