package jp.hinomi.alerting.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RejectTest {
    private static Reject of(byte[] value, Map<String, String> headers) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(Topics.REJECTS, 2, 7, "fw-edge-01".getBytes(UTF_8), value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return Reject.of(record);
    }

    @Test
    void reasonsThatDifferInTheirParticularsAreOfOneKind() {
        Reject one = of(new byte[0], Map.of(Topics.HEADER_REASON, "no field 'srcip' at column 17: \"a=1\""));
        Reject other = of(new byte[0], Map.of(Topics.HEADER_REASON, "no field 'dstip' at column 4: \"\""));
        assertThat(one.kind()).isEqualTo("no field … at column …: …").isEqualTo(other.kind());
    }

    @Test
    void wordsThatLookLikeHexadecimalNumbersStay() {
        assertThat(of(new byte[0], Map.of(Topics.HEADER_REASON, "bad face from 192.0.2.7 or 2001:db8::1"))
                        .kind())
                .isEqualTo("bad face from … or …");
    }

    @Test
    void theSourceIsThatOfTheHeaderOrElseTheKey() {
        assertThat(of(new byte[0], Map.of(Topics.HEADER_SOURCE, "web-01")).source())
                .isEqualTo("web-01");
        assertThat(of(new byte[0], Map.of()).source()).isEqualTo("fw-edge-01");
    }

    @Test
    void whatIsNoNumberIsNoOffset() {
        assertThat(of(new byte[0], Map.of("offset", "12")).byteOffset()).hasValue(12);
        assertThat(of(new byte[0], Map.of("offset", "near the end")).byteOffset())
                .isEmpty();
    }

    @Test
    void ofALargeRecordTheBeginningIsKept() {
        Reject large = of("火".repeat(2_000).getBytes(UTF_8), Map.of(Topics.HEADER_REASON, "x".repeat(5_000)));
        assertThat(large.size()).isEqualTo(6_000);
        assertThat(large.beginning()).hasSize(Reject.SAMPLE);
        assertThat(large.isCut()).isTrue();
        assertThat(large.text()).startsWith("火火火");
        assertThat(large.reason()).hasSize(1_001).endsWith("…");
    }
}
