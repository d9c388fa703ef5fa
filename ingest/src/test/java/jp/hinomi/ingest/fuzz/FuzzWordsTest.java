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
        assertThat(words("juniper-srx", false)).contains("inbound-packets=", "sample-sha256=");
        assertThat(words("fortigate", false)).contains("transip=", "referralurl=");
        assertThat(words("zeek", true)).contains("\"cert.client_subject\":", "\"granted_qos_level\":");
        assertThat(words("openssh", false)).contains("maximum authentication attempts exceeded for ");
    }

    private static Set<String> words(String format, boolean json) throws IOException {
        Decoder decoder = Decoders.of(format, ZoneOffset.UTC, UTF_8);
        return FuzzWords.of(List.of("a=1"), decoder.getClass(), json);
    }
}
