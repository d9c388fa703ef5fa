package jp.hinomi.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import org.junit.jupiter.api.Test;

/** The dictionary of a search. Seen to fail: with the words of samples alone. */
class FuzzWordsTest {
    @Test
    void keysThatNoSampleHasAreTried() throws IOException {
        assertThat(words("juniper-srx", "a=\"1\"")).contains(" client-ip=\"1\"", " error-message=\"1\"");
        assertThat(words("fortigate", "a=1")).contains(" transip=1", " referralurl=1");
        assertThat(words("zeek", "{\"a\":1}"))
                .contains("\"cert.client_subject\":\"1\",", "\"granted_qos_level\":\"1\",");
        assertThat(words("openssh", "a")).contains("maximum authentication attempts exceeded for ");
    }

    private static Set<String> words(String format, String line) throws IOException {
        Decoder decoder = Decoders.of(format, ZoneOffset.UTC, UTF_8);
        return FuzzWords.of(List.of(line), decoder.getClass());
    }
}
