package jp.hinomi.alerting.own;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.schedule.Rotation;
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

    /**
     * A report that the city has submitted to them.
     *
     * @param incident absent if they are no part of it any more
     * @param form its name, by language
     * @param state {@code submitted}, {@code corrected} (another took its place) or {@code withdrawn}
     * @param sha256 of the document, in hex
     */
    public record ReportLine(
            long id,
            Optional<String> incident,
            @JsonProperty("form_id") String formId,
            Map<String, String> form,
            String stage,
            int number,
            String state,
            String language,
            Instant submitted,
            String sha256,
            @JsonProperty("ended_reason") Optional<String> endedReason) {
        public String title(String shown) {
            return form.getOrDefault(shown, form.values().stream().findFirst().orElse(formId));
        }
    }

    /**
     * @param number place in the contact's list, counted from 0
     * @param own whether they may change it themselves
     * @param lastOk when a message last went through; absent = none that is known
     */
    public record ChannelLine(
            int number,
            String type,
            String address,
            boolean own,
            @JsonProperty("last_ok") Optional<Instant> lastOk,
            Optional<String> error) {}

    public record ContactLine(
            String id,
            String kind,
            String hours,
            @JsonProperty("answers_now") boolean answersNow,
            List<ChannelLine> channels) {}

    /** @param name of the schedule, by language @param members theirs, of the schedule */
    public record Duty(
            String schedule,
            Map<String, String> name,
            String zone,
            List<String> members,
            List<String> now,
            @JsonProperty("next_changes") List<DutyChange> next,
            @JsonProperty("stand_ins") List<StandInLine> standIns,
            List<TurnsLine> turns) {}

    /**
     * A rotation of theirs alone.
     *
     * @param first the latest day on which the first turn began: what is proposed anew with it goes on as it was
     */
    public record TurnsLine(Rotation rotation, Optional<LocalDate> first) {
        public String name() {
            return rotation.name();
        }

        /** Each turn as one word. */
        public List<String> people() {
            return rotation.turns().stream().map(turn -> String.join("+", turn)).toList();
        }

        /** {@code 1w}; a week if nobody takes turns yet. */
        public String shift() {
            return rotation.shift().map(Object::toString).orElse("1w");
        }
    }

    public record DutyChange(
            Instant at, @JsonProperty("on_duty") List<String> onDuty) {}

    /**
     * Who takes whose duty.
     *
     * @param from by the schedule's clock, like {@code to}
     * @param own whether they may take it back themselves
     */
    public record StandInLine(
            LocalDateTime from,
            LocalDateTime to,
            Optional<String> away,
            @JsonProperty("on_duty") List<String> onDuty,
            String reason,
            boolean own) {}
}
