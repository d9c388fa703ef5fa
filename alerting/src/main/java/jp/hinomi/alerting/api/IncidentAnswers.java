package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.join.Link;
import jp.hinomi.alerting.incident.join.Suggestions;
import jp.hinomi.alerting.report.Deadline;
import jp.hinomi.city.report.Circumstance;

/** How the API shows incidents. */
public final class IncidentAnswers {
    private IncidentAnswers() {}

    public record IncidentSummary(
            String number,
            String title,

            @Schema(allowableValues = {"open", "contained", "closed"})
            String status,

            String severity,
            String tlp,
            String impact,
            Optional<String> lead,
            List<String> circumstances,

            @Schema(description = "When the city became aware; deadlines count from here.")
            Instant aware,

            @JsonProperty("opened_by") String openedBy,
            Instant opened,
            Instant updated) {
        static IncidentSummary of(Incident of) {
            return new IncidentSummary(
                    of.number(),
                    of.title(),
                    of.status().word(),
                    of.severity().word(),
                    of.tlp().word(),
                    of.impact(),
                    of.lead(),
                    of.circumstances().stream().map(Circumstance::word).sorted().toList(),
                    of.aware(),
                    of.openedBy(),
                    of.openedAt(),
                    of.updatedAt());
        }
    }

    public record IncidentWhole(
            @JsonUnwrapped IncidentSummary incident,
            List<AttachedAlert> alerts,
            List<Suggested> suggestions,
            List<IncidentParty> parties,
            List<TimelineItem> timeline,
            List<ReportDeadline> deadlines) {}

    @Schema(description = "What an alert and an incident are both about.")
    public record Because(
            String kind,
            String value,
            @JsonProperty("apart_s") long apartSeconds) {
        static Because of(Link link) {
            return new Because(
                    link.entity().kind().word(),
                    link.entity().value(),
                    link.apart().toSeconds());
        }
    }

    public record AttachedAlert(
            String id,
            TwoLanguages title,
            String severity,
            @JsonProperty("attached_by") String attachedBy,
            Instant attached,
            @JsonProperty("detached_by") Optional<String> detachedBy,
            Optional<Instant> detached,
            @JsonProperty("detach_note") String detachNote,
            List<Because> because) {
        static AttachedAlert of(Incidents.Attached of, Map<String, List<Link>> reasons) {
            return new AttachedAlert(
                    of.alertId(),
                    new TwoLanguages(of.titleJa(), of.titleEn()),
                    of.severity().word(),
                    of.attachedBy(),
                    of.attachedAt(),
                    of.detachedBy(),
                    of.detachedAt(),
                    of.detachNote(),
                    of.detachedAt().isPresent()
                            ? List.of()
                            : reasons.getOrDefault(of.alertId(), List.of()).stream()
                                    .map(Because::of)
                                    .toList());
        }
    }

    @Schema(description = "An alert that may belong to the incident.")
    public record Suggested(
            String id,
            TwoLanguages title,
            String severity,

            @Schema(description = "Why it did not join by itself.")
            String hold,

            List<Because> because) {
        static Suggested of(Suggestions.Suggestion of) {
            return new Suggested(
                    of.alertId(),
                    new TwoLanguages(of.titleJa(), of.titleEn()),
                    of.severity().word(),
                    of.hold(),
                    of.links().stream().map(Because::of).toList());
        }
    }

    public record IncidentParty(String stakeholder, Map<String, List<String>> scope, String tlp) {
        static IncidentParty of(Party of) {
            return new IncidentParty(of.stakeholder(), of.scope(), of.tlp().word());
        }
    }

    public record TimelineItem(
            long id,
            Instant occurred,
            Instant recorded,
            String type,
            @Schema(allowableValues = {"auto", "manual"}) String source,
            String author,
            TwoLanguages text,

            @Schema(description = "Whether reports may show it.") @JsonProperty("in_report")
            boolean inReport,

            String tlp,

            @Schema(description = "Ids of stakeholders; none = all who are a part of the incident.")
            @JsonProperty("visible_to")
            List<String> visibleTo,

            @Schema(description = "Id of the entry that this one corrects.")
            Optional<Long> supersedes) {
        static TimelineItem of(TimelineEntry of) {
            return new TimelineItem(
                    of.id(),
                    of.occurred(),
                    of.recorded(),
                    of.type().word(),
                    of.automatic() ? "auto" : "manual",
                    of.author(),
                    new TwoLanguages(of.textJa(), of.textEn()),
                    of.inReport(),
                    of.tlp().word(),
                    of.visibleTo(),
                    of.supersedes());
        }
    }

    public record ReportDeadline(
            String incident,
            String form,
            @JsonProperty("form_name") Map<String, String> formName,
            String recipient,
            @JsonProperty("recipient_name") Map<String, String> recipientName,
            String stage,
            @JsonProperty("stage_name") Map<String, String> stageName,
            Optional<Instant> target,
            Instant due,
            Optional<Instant> submitted,
            String state) {
        static ReportDeadline of(Deadline of, Instant now) {
            return new ReportDeadline(
                    of.incident(),
                    of.form(),
                    of.formName(),
                    of.recipient(),
                    of.recipientName(),
                    of.stage().word(),
                    of.stageName(),
                    of.target(),
                    of.due(),
                    of.met(),
                    of.state(now).word());
        }
    }
}
