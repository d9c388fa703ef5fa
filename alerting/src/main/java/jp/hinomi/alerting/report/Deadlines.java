package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.city.City;
import jp.hinomi.city.report.DueRule;
import jp.hinomi.city.report.FormStage;
import jp.hinomi.city.report.ReportForm;

/**
 * Which reports of an incident are due: on every form that its circumstances ask for, and to everybody whom a report was begun
 * for. Stateless.
 */
public final class Deadlines {
    private Deadlines() {}

    private record Duty(ReportForm form, Recipient to) {}

    /** Those that are due first come first. */
    public static List<Deadline> of(City city, Incident incident, List<Party> parties, List<Report> reports) {
        Set<Duty> duties = new LinkedHashSet<>();
        for (ReportForm form : city.reportForms().values()) {
            if (form.appliesWhen().stream().anyMatch(incident.circumstances()::contains)) {
                byCircumstance(city, form, parties).forEach(to -> duties.add(new Duty(form, to)));
            }
            reports.stream()
                    .filter(report -> report.form().id().equals(form.id()))
                    .filter(report -> report.isDraft() || report.state() == Report.State.SUBMITTED)
                    .flatMap(report -> recipient(city, form, report.recipient()).stream())
                    .forEach(to -> duties.add(new Duty(form, to)));
        }
        List<Deadline> deadlines = new ArrayList<>();
        for (Duty duty : duties) {
            for (FormStage stage : duty.form().stages()) {
                stage.due().ifPresent(rule -> deadlines.add(deadline(city, incident, duty, stage, rule, reports)));
            }
        }
        deadlines.sort(Comparator.comparing(Deadline::due));
        return deadlines;
    }

    private static List<Recipient> byCircumstance(City city, ReportForm form, List<Party> parties) {
        if (form.recipient().kind() == ReportForm.Kind.STAKEHOLDER
                && form.recipient().stakeholder().isEmpty()) {
            return parties.stream()
                    .map(Party::stakeholder)
                    .filter(id -> !id.equals(city.promoter().id()))
                    .flatMap(id -> recipient(city, form, id).stream())
                    .toList();
        }
        return recipient(city, form, "").stream().toList();
    }

    /** Absent if the map does not have it any more, or if the form leaves open to whom. */
    private static Optional<Recipient> recipient(City city, ReportForm form, String id) {
        try {
            return Optional.of(Recipient.of(city, form, id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Deadline deadline(
            City city, Incident incident, Duty duty, FormStage stage, DueRule rule, List<Report> reports) {
        DueRule.Due due = rule.due(incident.aware(), incident.circumstances(), city.zone());
        Optional<Instant> met = reports.stream()
                .filter(report -> report.form().id().equals(duty.form().id()))
                .filter(report -> report.recipient().equals(duty.to().id()))
                .filter(report -> report.stage().compareTo(stage.stage()) >= 0)
                // A report that was corrected was there in time all the same; one that was withdrawn was not.
                .filter(report -> report.state() == Report.State.SUBMITTED || report.state() == Report.State.CORRECTED)
                .flatMap(report -> report.submission().stream())
                .map(Report.Submission::at)
                .min(Comparator.naturalOrder());
        return new Deadline(
                incident.number(),
                duty.form().id(),
                duty.form().name(),
                duty.to().id(),
                duty.to().name(),
                stage.stage(),
                stage.name(),
                due.target(),
                due.at(),
                met);
    }
}
