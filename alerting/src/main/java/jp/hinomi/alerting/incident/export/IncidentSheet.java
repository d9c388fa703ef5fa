package jp.hinomi.alerting.incident.export;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.work.Judgement;
import jp.hinomi.alerting.incident.work.Task;
import jp.hinomi.alerting.report.Facts;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.report.out.Sheet;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.City;
import jp.hinomi.city.Stakeholder;

/** An incident on paper, set as reports are. Built by {@link #of}. */
record IncidentSheet(ReportDocument document, String about, String language, ZoneId zone, Texts texts)
        implements Sheet {
    /** Of the first names of an alert; the rest is in JSON and STIX. */
    private static final int NAMES = 12;

    /** @param actor who makes it */
    static IncidentSheet of(
            City city, Extract extract, String about, String language, Texts texts, String actor, Instant now) {
        Writer writer = new Writer(city, extract, language, texts);
        Stakeholder to = extract.audience().stakeholder().orElse(city.promoter());
        ReportDocument document = new ReportDocument(
                ReportDocument.SCHEMA,
                "submitted",
                new ReportDocument.Named(city.id(), city.name()),
                new ReportDocument.About(
                        extract.incident().number(),
                        extract.incident().status().word(),
                        extract.incident().aware().toString()),
                new ReportDocument.Form("incident", 1, Map.of(), Map.of()),
                "",
                Map.of(),
                1,
                new ReportDocument.To("stakeholder", to.id(), to.name()),
                language,
                extract.tlp().word(),
                actor.replaceFirst("^account:", ""),
                now.toString(),
                now.toString(),
                null,
                null,
                false,
                writer.sections());
        return new IncidentSheet(document, about, language, city.zone(), texts);
    }

    @Override
    public String in(Map<String, String> words) {
        return words.isEmpty()
                ? ""
                : words.getOrDefault(language, words.values().iterator().next());
    }

    @Override
    public String get(String key, Object... arguments) {
        return texts.get(language, key, arguments);
    }

    @Override
    public String time(String instant) {
        return Texts.time(language, zone, Instant.parse(instant));
    }

    @Override
    public String title() {
        return get("export.pdf.title");
    }

    @Override
    public String number() {
        return document.incident().number();
    }

    @Override
    public Optional<String> banner() {
        return Optional.of(about);
    }

    @Override
    public Optional<String> comparedWith() {
        return Optional.empty();
    }

    @Override
    public Optional<String> sha256() {
        return Optional.empty();
    }

    private record Writer(City city, Extract extract, String language, Texts texts) {
        List<ReportDocument.Section> sections() {
            List<ReportDocument.Section> sections = new ArrayList<>();
            sections.add(section("export.pdf.incident", incident()));
            sections.add(section(
                    "export.pdf.alerts",
                    extract.alerts().stream().map(this::alert).toList()));
            sections.add(section(
                    "export.pdf.timeline",
                    extract.timeline().stream().map(this::entry).toList()));
            sections.add(section(
                    "export.pdf.files", extract.files().stream().map(this::file).toList()));
            sections.add(section(
                    "export.pdf.tasks", extract.tasks().stream().map(this::task).toList()));
            return sections.stream()
                    .filter(section -> !section.fields().isEmpty())
                    .toList();
        }

        private List<ReportDocument.Field> incident() {
            Incident incident = extract.incident();
            List<ReportDocument.Field> fields = new ArrayList<>();
            fields.add(field(text("incident.title"), extract.title()));
            fields.add(field(
                    text("incident.status"),
                    text("incident.status." + incident.status().word())));
            fields.add(field(text("alerts.col.severity"), texts.severity(language, incident.severity())));
            fields.add(field(text("incident.aware"), time(incident.aware())));
            fields.add(field(
                    text("incident.circumstances"),
                    incident.circumstances().stream()
                            .sorted()
                            .map(each -> text("circumstance." + each.word()))
                            .collect(Collectors.joining(text("list.separator")))));
            fields.add(field(text("incident.impact"), extract.impact()));
            extract.judgement().ifPresent(judgement -> fields.addAll(judged(judgement)));
            fields.add(field(
                    text("incident.parties"),
                    extract.parties().stream().map(this::stakeholder).collect(Collectors.joining("\n"))));
            return fields.stream().filter(ReportDocument.Field::known).toList();
        }

        private List<ReportDocument.Field> judged(Judgement judgement) {
            return List.of(
                    field(
                            text("verdict.title"),
                            judgement
                                    .verdict()
                                    .map(verdict -> text("verdict." + verdict.word()))
                                    .orElse("")),
                    field(text("casework.entry-path"), judgement.entryPath()));
        }

        private ReportDocument.Field alert(Extract.Seen seen) {
            Facts.AlertFact alert = seen.alert();
            List<String> lines = new ArrayList<>();
            lines.add(IncidentText.line(alert.title(language)));
            lines.add(texts.severity(language, alert.severity()) + " · TLP:"
                    + alert.tlp().word() + " · " + texts.get(language, "export.pdf.events", alert.count()));
            if (!alert.resources().isEmpty()) {
                lines.add(alert.resources().keySet().stream()
                        .map(this::resource)
                        .collect(Collectors.joining(text("list.separator"))));
            }
            if (!seen.entities().isEmpty()) {
                lines.add(seen.entities().stream()
                        .limit(NAMES)
                        .map(entity -> entity.value())
                        .distinct()
                        .collect(Collectors.joining(" ")));
            }
            alert.indicators()
                    .forEach(indicator ->
                            lines.add(indicator.value() + ": " + indicator.name() + " [" + indicator.feed() + "]"));
            return field(time(alert.first()), String.join("\n", lines));
        }

        private ReportDocument.Field entry(TimelineEntry entry) {
            return field(
                    time(entry.occurred()),
                    text("timeline.type." + entry.type().word()) + " · TLP:"
                            + entry.tlp().word() + "\n" + entry.text(language));
        }

        private ReportDocument.Field file(EvidenceFile file) {
            List<String> lines = new ArrayList<>();
            lines.add(IncidentText.line(file.name()));
            lines.add(texts.get(language, "files.size", file.size()) + " · TLP:"
                    + file.tlp().word());
            lines.add("SHA-256 " + file.sha256());
            if (!file.note().isEmpty()) {
                lines.add(file.note());
            }
            file.withdrawal()
                    .ifPresent(gone ->
                            lines.add(texts.get(language, "export.pdf.withdrawn", time(gone.at()), gone.reason())));
            return field(time(file.addedAt()), String.join("\n", lines));
        }

        private ReportDocument.Field task(Task task) {
            String when = task.doneAt()
                    .map(at -> texts.get(language, "export.pdf.done", time(at)))
                    .orElseGet(() -> task.due()
                            .map(due -> texts.get(language, "casework.due", time(due)))
                            .orElse(""));
            return field(
                    task.owner().isEmpty() ? text("casework.nobody") : task.owner(),
                    (task.title() + "\n" + when).strip());
        }

        private String stakeholder(String id) {
            Stakeholder known = city.stakeholders().get(id);
            return known == null ? id : known.name(language);
        }

        private String resource(String id) {
            return city.resources().containsKey(id) ? city.resources().get(id).name(language) : id;
        }

        private String time(Instant instant) {
            return Texts.time(language, city.zone(), instant);
        }

        private String text(String key) {
            return texts.get(language, key);
        }

        private ReportDocument.Section section(String key, List<ReportDocument.Field> fields) {
            return new ReportDocument.Section(Map.of(language, text(key)), fields);
        }

        private static ReportDocument.Field field(String label, String value) {
            return new ReportDocument.Field(
                    "", Map.of("ja", label, "en", label), value, !value.isBlank(), false, "", false);
        }
    }
}
