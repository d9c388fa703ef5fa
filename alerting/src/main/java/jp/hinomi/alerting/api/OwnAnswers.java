package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.notice.Notice;
import jp.hinomi.alerting.own.OwnMap;
import jp.hinomi.alerting.own.OwnPart;
import jp.hinomi.alerting.own.OwnRecords;
import jp.hinomi.alerting.own.OwnWords;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.CityDiff;

/** How the API shows a stakeholder its own part. */
public final class OwnAnswers {
    private OwnAnswers() {}

    public record OwnAlert(
            String id,
            TwoLanguages title,
            String severity,
            String tlp,
            String status,
            Instant first,
            Instant last,
            long count,

            @Schema(description = "Whether an escalation waits for one of your contacts.")
            boolean awaited,

            @Schema(description = "Your last answer.") Optional<String> answer) {
        static OwnAlert of(OwnRecords.AlertLine of) {
            return new OwnAlert(
                    of.id(),
                    new TwoLanguages(of.titleJa(), of.titleEn()),
                    of.severity().word(),
                    of.tlp().word(),
                    of.status(),
                    of.first(),
                    of.last(),
                    of.count(),
                    of.awaited(),
                    of.answer());
        }
    }

    public record OwnLine(Instant at, String text) {}

    public record OwnMessage(
            String contact, String channel, String address, String state, Instant at, Optional<Instant> finished) {}

    public record OwnAnswer(String answer, String contact, String note, boolean late, Instant at) {}

    @Schema(description = "What the notice of the alert says: cut down to what you may see.")
    public record OwnAlertWhole(
            OwnAlert alert,

            @Schema(description = "Whether what was logged may be seen.")
            boolean full,

            @Schema(description = "Names of what it touches.")
            List<String> resources,

            Map<String, String> group,
            @JsonProperty("first_steps") String firstSteps,
            List<OwnLine> evidence,

            @Schema(description = "Contacts of yours that may answer, the one that is waited for first.")
            List<String> contacts,

            List<OwnMessage> messages,
            List<OwnAnswer> answers) {
        static OwnAlertWhole of(OwnPart.AlertView of) {
            Optional<Notice> notice = of.notice();
            return new OwnAlertWhole(
                    OwnAlert.of(of.line()),
                    notice.map(Notice::isFull).orElse(false),
                    notice.map(known -> known.resources().stream()
                                    .map(Notice.TouchedResource::name)
                                    .toList())
                            .orElse(List.of()),
                    notice.map(Notice::group).orElse(Map.of()),
                    notice.map(Notice::firstSteps).orElse(""),
                    notice.map(known -> known.evidence().stream()
                                    .map(line -> new OwnLine(line.at(), line.text()))
                                    .toList())
                            .orElse(List.of()),
                    of.contacts(),
                    of.messages().stream()
                            .map(each -> new OwnMessage(
                                    each.contact(),
                                    each.channel(),
                                    each.address(),
                                    each.state(),
                                    each.at(),
                                    each.finished()))
                            .toList(),
                    of.given().stream()
                            .map(each ->
                                    new OwnAnswer(each.answer(), each.contact(), each.note(), each.late(), each.at()))
                            .toList());
        }
    }

    public record OwnOutcome(String outcome) {}

    public record OwnIncident(String number, String status, String severity, String tlp, Instant opened, int alerts) {
        static OwnIncident of(OwnRecords.IncidentLine of) {
            return new OwnIncident(
                    of.number(), of.status(), of.severity().word(), of.tlp().word(), of.opened(), of.alerts());
        }
    }

    public record OwnEntry(long id, Instant occurred, String type, TwoLanguages text, boolean mine, boolean shared) {}

    public record OwnFile(long id, String name, long size, String sha256, String tlp, String note, Instant added) {
        static OwnFile of(EvidenceFile of) {
            return new OwnFile(
                    of.id(), of.name(), of.size(), of.sha256(), of.tlp().word(), of.note(), of.addedAt());
        }
    }

    public record OwnIncidentWhole(
            OwnIncident incident,
            List<OwnAlert> alerts,
            List<OwnFile> files,
            List<OwnReport> reports,
            List<OwnEntry> timeline) {
        static OwnIncidentWhole of(OwnPart.IncidentView of) {
            return new OwnIncidentWhole(
                    OwnIncident.of(of.line()),
                    of.alerts().stream().map(OwnAlert::of).toList(),
                    of.files().stream().map(OwnFile::of).toList(),
                    of.reports().stream().map(OwnReport::of).toList(),
                    of.timeline().stream()
                            .map(each -> new OwnEntry(
                                    each.id(),
                                    each.occurred(),
                                    each.type(),
                                    new TwoLanguages(each.textJa(), each.textEn()),
                                    each.mine(),
                                    each.shared()))
                            .toList());
        }
    }

    public record OwnReport(
            long id,

            @Schema(description = "Absent if you are no part of it any more.")
            Optional<String> incident,

            Map<String, String> form,
            String stage,
            int number,

            @Schema(allowableValues = {"submitted", "corrected", "withdrawn"})
            String state,

            Instant submitted,
            String sha256,
            @JsonProperty("ended_reason") Optional<String> endedReason) {
        static OwnReport of(OwnRecords.ReportLine of) {
            return new OwnReport(
                    of.id(),
                    of.incident(),
                    of.form(),
                    of.stage(),
                    of.number(),
                    of.state(),
                    of.submitted(),
                    of.sha256(),
                    of.endedReason());
        }
    }

    public record OwnChannel(
            int number,
            String type,
            String address,

            @Schema(description = "Whether you may change it yourself.")
            boolean own,

            @JsonProperty("last_ok") Optional<Instant> lastOk,
            Optional<String> error) {}

    public record OwnContact(
            String id,
            String kind,
            String hours,
            @JsonProperty("answers_now") boolean answersNow,
            List<OwnChannel> channels) {
        static OwnContact of(OwnRecords.ContactLine of) {
            return new OwnContact(
                    of.id(),
                    of.kind(),
                    of.hours(),
                    of.answersNow(),
                    of.channels().stream()
                            .map(each -> new OwnChannel(
                                    each.number(),
                                    each.type(),
                                    each.address(),
                                    each.own(),
                                    each.lastOk(),
                                    each.error()))
                            .toList());
        }
    }

    public record OwnDutyChange(
            Instant at, @JsonProperty("on_duty") List<String> onDuty) {}

    public record OwnStandIn(
            @Schema(description = "By the schedule's clock: 2026-08-13T09:00.")
            LocalDateTime from,

            LocalDateTime to,
            Optional<String> away,
            @JsonProperty("on_duty") List<String> onDuty,
            String reason,

            @Schema(description = "Whether you may take it back yourself.")
            boolean own) {}

    public record OwnTurns(
            String rotation,

            @Schema(description = "In the order in which they take over; each one contact, or several together.")
            List<List<String>> members,

            @Schema(description = "How long each turn is, as 1w; null if there is one turn.")
            Optional<String> shift,

            @Schema(description = "Time of day at which turns change, as 09:00.") @JsonProperty("hand_over")
            Optional<String> handOver,

            @Schema(description = "The latest day on which the first turn began.")
            Optional<LocalDate> first) {
        static OwnTurns of(OwnRecords.TurnsLine of) {
            return new OwnTurns(
                    of.name(),
                    of.rotation().turns(),
                    of.rotation().shift().map(Object::toString),
                    of.rotation().shift().map(shift -> of.rotation().handOver().toString()),
                    of.first());
        }
    }

    public record OwnDuty(
            String schedule,
            String zone,
            List<String> members,
            List<String> now,
            @JsonProperty("next_changes") List<OwnDutyChange> next,
            @JsonProperty("stand_ins") List<OwnStandIn> standIns,

            @Schema(description = "Rotations in which your contacts alone take turns: you may propose others.")
            List<OwnTurns> turns) {
        static OwnDuty of(OwnRecords.Duty of) {
            return new OwnDuty(
                    of.schedule(),
                    of.zone(),
                    of.members(),
                    of.now(),
                    of.next().stream()
                            .map(each -> new OwnDutyChange(each.at(), each.onDuty()))
                            .toList(),
                    of.standIns().stream()
                            .map(each -> new OwnStandIn(
                                    each.from(), each.to(), each.away(), each.onDuty(), each.reason(), each.own()))
                            .toList(),
                    of.turns().stream().map(OwnTurns::of).toList());
        }
    }

    @Schema(description = "What you want to be otherwise; it counts when somebody of the city has approved it.")
    public record OwnProposal(
            long number,
            Instant made,
            String reason,

            @Schema(description = "Another version of the map came into force since: withdraw it and propose anew.")
            boolean outdated,

            @Schema(description = "Line by line what would be otherwise, as people say it.")
            List<TwoLanguages> says,

            @Schema(description = "The same by the words of the map's files.")
            List<CityDiff.Change> changes) {
        static OwnProposal of(OwnMap.Proposal of, Texts texts) {
            List<String> ja = of.says(new OwnWords(texts, "ja"));
            List<String> en = of.says(new OwnWords(texts, "en"));
            return new OwnProposal(
                    of.number(),
                    of.made(),
                    of.reason(),
                    of.outdated(),
                    IntStream.range(0, ja.size())
                            .mapToObj(i -> new TwoLanguages(ja.get(i), en.get(i)))
                            .toList(),
                    of.changes());
        }
    }
}
