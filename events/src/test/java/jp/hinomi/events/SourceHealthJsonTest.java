package jp.hinomi.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SourceHealthJsonTest {
    private static final SourceHealth HEALTH = new SourceHealth(
            "fw-edge-01",
            SourceHealth.State.WRONG_TIME_ZONE,
            1_775_000_000_000L,
            1_775_000_600_000L,
            OptionalLong.of(1_775_000_599_000L),
            12.5,
            0.25,
            OptionalLong.of(-32_400_000),
            OptionalLong.of(30_000),
            Optional.of("set zone: UTC"));

    @Test
    void writesWhatTheGuideShowsAndReadsItBack() {
        byte[] json = SourceHealthJson.write(HEALTH);
        assertThat(new String(json, UTF_8))
                .isEqualTo(
                        "{\"source\":\"fw-edge-01\",\"state\":\"wrong-time-zone\",\"since\":\"2026-03-31T23:33:20.000Z\","
                                + "\"time\":\"2026-03-31T23:43:20.000Z\",\"last_seen\":\"2026-03-31T23:43:19.000Z\","
                                + "\"per_second\":12.5,\"reject_rate\":0.25,\"offset_ms\":-32400000,\"spread_ms\":30000,"
                                + "\"advice\":\"set zone: UTC\"}");
        assertThat(SourceHealthJson.read(json)).isEqualTo(HEALTH);
    }

    @Test
    void whatIsNotKnownHasNoKey() {
        SourceHealth unseen = new SourceHealth(
                "a",
                SourceHealth.State.SILENT,
                0,
                1,
                OptionalLong.empty(),
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
        byte[] json = SourceHealthJson.write(unseen);
        assertThat(new String(json, UTF_8)).doesNotContain("last_seen").doesNotContain("offset");
        assertThat(SourceHealthJson.read(json)).isEqualTo(unseen);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> SourceHealthJson.read("{\"source\":\"a\"}".getBytes(UTF_8)))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("state");
    }
}
