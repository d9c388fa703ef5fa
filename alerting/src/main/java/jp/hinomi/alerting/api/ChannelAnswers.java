package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.channel.ChannelRow;
import jp.hinomi.alerting.channel.ChannelTests;

/** How the API shows channels and their tests. */
public final class ChannelAnswers {
    private ChannelAnswers() {}

    public record ChannelState(
            String stakeholder,
            String contact,
            String channel,
            String address,
            String state,
            @JsonProperty("last_ok") Optional<Instant> lastOk,
            @JsonProperty("last_failed") Optional<Instant> lastFailed,
            @JsonProperty("last_error") Optional<String> lastError,

            @Schema(description = "When its address was said to be gone.")
            Optional<Instant> gone,

            Optional<ChannelTest> test) {
        static ChannelState of(ChannelRow row) {
            return new ChannelState(
                    row.stakeholder(),
                    row.contact(),
                    row.type(),
                    row.address(),
                    row.state().word(),
                    row.lastOk(),
                    row.lastFailed(),
                    row.lastError(),
                    row.gone(),
                    row.test().map(ChannelTest::of));
        }
    }

    public record ChannelTest(
            long id,
            String state,
            Instant at,
            Optional<Instant> finished,
            int attempts,
            @JsonProperty("latency_ms") Optional<Long> latencyMillis,
            Optional<String> detail) {
        static ChannelTest of(ChannelRow.Test test) {
            return new ChannelTest(
                    test.id(),
                    test.state(),
                    test.at(),
                    test.finished(),
                    test.attempts(),
                    test.latencyMillis(),
                    test.detail());
        }
    }

    public record ChannelTestAsked(
            String stakeholder,
            String contact,
            String channel,
            String address,

            @Schema(description = "Of the test, for /channel-tests; null if it was refused.")
            Optional<Long> id,

            @Schema(allowableValues = {"pending", "refused"})
            String state,

            Optional<TwoLanguages> reason,

            @Schema(description = "When it may be tested again.")
            Optional<Instant> again) {
        static ChannelTestAsked of(ChannelTests.Asked asked) {
            return new ChannelTestAsked(
                    asked.stakeholder(),
                    asked.contact(),
                    asked.type(),
                    asked.address(),
                    asked.delivery(),
                    asked.delivery().isPresent() ? "pending" : "refused",
                    asked.reason().map(reason -> new TwoLanguages(reason.ja(), reason.en())),
                    asked.again());
        }
    }
}
