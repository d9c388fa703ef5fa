package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.city.report.FormStage;
import jp.hinomi.city.report.ReportForm;

/** What a report says, with all that stands around its fields. Thread-safe. */
final class ReportDocuments {
    private final ReportRows rows;
    private final Incidents incidents;
    private final CityInForce city;

    ReportDocuments(ReportRows rows, Incidents incidents, CityInForce city) {
        this.rows = rows;
        this.incidents = incidents;
        this.city = city;
    }

    /** A submission that is being made: what only it knows. */
    record Submitting(int seq, String actor, Instant at) {}

    /** As it was submitted; of a draft as it would be now. */
    ReportDocument of(Report report) {
        return rows.frozen(report).map(ReportDocument::read).orElseGet(() -> {
            Incident incident = incidents.byId(report.incident()).orElseThrow();
            return make(incident, report, report.diffFrom().flatMap(rows::find), Optional.empty());
        });
    }

    /** @param last the report before it, whose fields are compared */
    ReportDocument make(Incident incident, Report report, Optional<Report> last, Optional<Submitting> submitting) {
        ReportForm form = report.form();
        Recipient to = Recipient.of(city.get(), form, report.recipient());
        Optional<FormStage> stage = form.stage(report.stage());
        Optional<Instant> due = Optional.ofNullable(city.get().reportForms().get(form.id()))
                .flatMap(current -> current.stage(report.stage()))
                .flatMap(FormStage::due)
                .map(rule -> rule.due(
                                incident.aware(),
                                incident.circumstances(),
                                city.get().zone())
                        .at());
        Map<String, String> before = last.map(Report::fields).orElse(Map.of());
        return new ReportDocument(
                ReportDocument.SCHEMA,
                submitting.isPresent() ? "submitted" : "draft",
                new ReportDocument.Named(city.get().id(), city.get().name()),
                new ReportDocument.About(
                        incident.number(),
                        incident.status().word(),
                        incident.aware().toString()),
                new ReportDocument.Form(form.id(), form.version(), form.name(), form.basis()),
                report.stage().word(),
                stage.map(FormStage::name).orElse(Map.of()),
                submitting.map(Submitting::seq).orElse(0),
                new ReportDocument.To(to.kind().word(), to.id(), to.name()),
                report.language(),
                to.clearance(form).compareTo(incident.tlp()) < 0
                        ? to.clearance(form).word()
                        : incident.tlp().word(),
                submitting.map(Submitting::actor).orElse(report.createdBy()).replaceFirst("^account:", ""),
                report.createdAt().toString(),
                submitting.map(each -> each.at().toString()).orElse(null),
                due.map(Instant::toString).orElse(null),
                last.map(each -> new ReportDocument.Previous(
                                each.seq().orElse(0),
                                each.stage().word(),
                                each.submission()
                                        .map(one -> one.at().toString())
                                        .orElse(""),
                                each.submission().map(Report.Submission::sha256).orElse("")))
                        .orElse(null),
                report.corrects().isPresent(),
                form.sections().stream()
                        .map(section -> new ReportDocument.Section(
                                section.title(),
                                section.fields().stream()
                                        .map(field -> {
                                            String value = report.fields().getOrDefault(field.id(), "");
                                            String old = before.getOrDefault(field.id(), "");
                                            boolean changed = last.isPresent() && !old.equals(value);
                                            return new ReportDocument.Field(
                                                    field.id(),
                                                    field.label(),
                                                    value,
                                                    !value.isBlank(),
                                                    changed,
                                                    changed ? old : "",
                                                    !value.isBlank()
                                                            && value.equals(report.filled()
                                                                    .get(field.id())));
                                        })
                                        .toList()))
                        .toList());
    }
}
