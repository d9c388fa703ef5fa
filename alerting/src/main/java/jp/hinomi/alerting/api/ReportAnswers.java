package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.send.Sending;
import jp.hinomi.alerting.report.send.Way;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.city.report.ReportForm;

/** How the API shows reports and their forms. */
public final class ReportAnswers {
    private ReportAnswers() {}

    public record ReportFormState(
            String id,
            int version,
            Map<String, String> name,
            String recipient,
            @JsonProperty("applies_when") List<String> appliesWhen,
            List<String> stages,
            List<ReportFormField> fields) {
        static ReportFormState of(ReportForm form) {
            return new ReportFormState(
                    form.id(),
                    form.version(),
                    form.name(),
                    form.recipient().kind().word(),
                    form.appliesWhen().stream().map(Circumstance::word).sorted().toList(),
                    form.stages().stream().map(stage -> stage.stage().word()).toList(),
                    form.fields()
                            .map(field -> new ReportFormField(field.id(), field.label()))
                            .toList());
        }
    }

    public record ReportFormField(String id, Map<String, String> label) {}

    public record ReportSummary(
            long id,
            String form,
            String recipient,
            String stage,
            Optional<Integer> seq,
            String state,

            @Schema(description = "Counts edits; an edit names the one that it read.")
            int revision,

            Optional<Long> corrects,
            @JsonProperty("created_by") String createdBy,
            Instant created,
            @JsonProperty("submitted_by") Optional<String> submittedBy,
            Optional<Instant> submitted,
            Optional<String> sha256,
            Optional<Instant> ended,
            @JsonProperty("ended_reason") Optional<String> endedReason) {
        static ReportSummary of(Report report) {
            return new ReportSummary(
                    report.id(),
                    report.form().id(),
                    report.recipient(),
                    report.stage().word(),
                    report.seq().isPresent() ? Optional.of(report.seq().getAsInt()) : Optional.empty(),
                    report.state().word(),
                    report.revision(),
                    report.corrects(),
                    report.createdBy(),
                    report.createdAt(),
                    report.submission().map(Report.Submission::by),
                    report.submission().map(Report.Submission::at),
                    report.submission().map(Report.Submission::sha256),
                    report.ending().map(Report.Ending::at),
                    report.ending().map(Report.Ending::reason));
        }
    }

    public record ReportWay(
            String stakeholder,
            String contact,
            String channel,
            String address,

            @Schema(description = "Whether the report itself goes; else a link to their own pages.")
            boolean attached,

            @Schema(description = "What would be shown to whom, and why not; null if it may go.")
            Optional<String> refused) {
        static ReportWay of(Way way, Optional<String> refused) {
            return new ReportWay(
                    way.to().stakeholder().id(),
                    way.contact(),
                    way.channel().type(),
                    way.channel().address(),
                    way.attached(),
                    refused);
        }
    }

    public record ReportSentFile(String name, String sha256) {}

    public record ReportSent(
            String stakeholder,
            String contact,
            String channel,
            String address,

            @Schema(description = "Number of the message.") long delivery,

            @Schema(description = "`pending`, `sent` or `dead`.")
            String state,

            String tlp,

            @Schema(description = "Of the document that was submitted.")
            String sha256,

            List<ReportSentFile> files,
            @JsonProperty("asked_by") String askedBy,
            Instant asked,
            Optional<Instant> finished,
            Optional<String> error) {
        static ReportSent of(Sending sending) {
            return new ReportSent(
                    sending.stakeholder(),
                    sending.contact(),
                    sending.channel(),
                    sending.address(),
                    sending.delivery(),
                    sending.state(),
                    sending.tlp().word(),
                    sending.sha256(),
                    sending.files().stream()
                            .map(file -> new ReportSentFile(file.name(), file.sha256()))
                            .toList(),
                    sending.by(),
                    sending.asked(),
                    sending.finished(),
                    sending.error());
        }
    }

    public record ReportWays(List<ReportWay> ways, List<ReportSent> sent) {}

    public record ReportWhole(
            @JsonUnwrapped ReportSummary report,
            Map<String, String> fields,

            @Schema(description = "Ids of fields that differ from the report before.")
            List<String> changed) {}
}
