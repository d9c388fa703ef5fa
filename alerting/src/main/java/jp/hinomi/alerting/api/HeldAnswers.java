package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.suppress.HeldBack;
import jp.hinomi.alerting.suppress.SilencePreview;
import jp.hinomi.alerting.suppress.Silences;
import jp.hinomi.events.Severity;

/** How the API shows what is held back. */
public final class HeldAnswers {
    private HeldAnswers() {}

    public record WaitingDigest(
            long id,
            String stakeholder,
            String contact,
            String channel,
            String address,
            String kind,
            @Schema(description = "What it collects.") String of,
            long held,
            Optional<String> worst,
            Instant due) {
        static WaitingDigest of(HeldBack.Waiting row) {
            return new WaitingDigest(
                    row.digest(),
                    row.stakeholder(),
                    row.contact(),
                    row.channel(),
                    row.address(),
                    row.kind(),
                    row.what(),
                    row.held(),
                    row.worst().map(Severity::word),
                    row.due());
        }
    }

    public record DigestSent(long id, boolean sent) {}

    public record InhibitionInForce(String inhibition, String alert, Instant until, long held) {
        static InhibitionInForce of(HeldBack.InForce row) {
            return new InhibitionInForce(row.inhibition(), row.alertId(), row.until(), row.held());
        }
    }

    public record WouldHold(
            long hours,
            int notices,

            @Schema(description = "All notices that were looked at.")
            int of,

            int alerts,
            @JsonProperty("by_severity") Map<String, Integer> bySeverity,

            @Schema(description = "Ids of alerts: the worst, then the newest.")
            List<String> sample,

            @Schema(description = "There were more notices than were looked at.")
            boolean cut) {
        static WouldHold of(SilencePreview.Held would) {
            Map<String, Integer> bySeverity = new LinkedHashMap<>();
            would.bySeverity().forEach((severity, count) -> bySeverity.put(severity.word(), count));
            return new WouldHold(
                    SilencePreview.SPAN.toHours(),
                    would.notices(),
                    would.of(),
                    would.alerts(),
                    bySeverity,
                    would.samples().stream().map(SilencePreview.Sample::alertId).toList(),
                    would.cut());
        }
    }

    public record SilenceState(
            @Schema(description = "A number; of those in the city's files their name.")
            String id,

            @Schema(allowableValues = {"silence", "maintenance"})
            String kind,

            String match,
            String owner,
            String reason,
            Instant from,
            Instant until,
            String by,
            boolean active,
            long held) {
        static SilenceState of(Silences.Row row) {
            return new SilenceState(
                    row.id().map(id -> Long.toString(id)).orElse(row.name()),
                    row.kind(),
                    row.match(),
                    row.owner(),
                    row.reason(),
                    row.from(),
                    row.until(),
                    row.by(),
                    row.active(),
                    row.held());
        }
    }

    public record SilenceBegun(long id) {}

    public record SilenceEnded(long id, boolean ended) {}
}
