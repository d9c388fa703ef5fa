package jp.hinomi.alerting.own;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** What is shown to a stakeholder, in its pages and in its part of the API. */
public final class OwnRecords {
    private OwnRecords() {}

    /**
     * An alert in a list.
     *
     * @param awaited whether an escalation waits for one of their contacts
     * @param answer the last one of theirs; absent = none
     */
    public record AlertLine(
            String id,
            long seq,
            String titleJa,
            String titleEn,
            Severity severity,
            Tlp tlp,
            String status,
            Instant first,
            Instant last,
            long count,
            boolean awaited,
            Optional<String> answer) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    /** What their contacts were sent, and with what result. */
    public record Message(
            String contact, String channel, String address, String state, Instant at, Optional<Instant> finished) {}

    /** What somebody of theirs said. */
    public record Given(String answer, String contact, String note, boolean late, Instant at) {}

    public record IncidentLine(
            long id, String number, String status, Severity severity, Tlp tlp, Instant opened, int alerts) {}

    /** @param mine whether it was written from here */
    public record Entry(
            long id, Instant occurred, String type, String textJa, String textEn, boolean mine, boolean shared) {
        public String text(String language) {
            return "ja".equals(language) ? textJa : textEn;
        }
    }

    /** @param lastOk when a message last went through; absent = none that is known */
    public record ChannelLine(String type, String address, Optional<Instant> lastOk, Optional<String> error) {}

    public record ContactLine(String id, String kind, String hours, boolean answersNow, List<ChannelLine> channels) {}

    public record Duty(
            String schedule,
            List<String> now,
            @JsonProperty("next_changes") Map<Instant, List<String>> next) {}
}
