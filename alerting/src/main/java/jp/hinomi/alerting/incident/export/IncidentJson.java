package jp.hinomi.alerting.incident.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.work.Judgement;
import jp.hinomi.alerting.incident.work.Task;
import jp.hinomi.alerting.report.Facts;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.city.City;
import jp.hinomi.city.report.Circumstance;

/** An incident as JSON for other programs (see {@code docs/incidents.md}). Times are RFC 3339 in UTC. Stateless. */
final class IncidentJson {
    static final String SCHEMA = "hinomi-incident/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private IncidentJson() {}

    static String of(City city, Extract extract, String about, Instant made) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("made", made.toString());
        json.put("city", Map.of("id", city.id(), "name", city.name()));
        json.put("tlp", extract.tlp().word());
        json.put(
                "for", extract.audience().stakeholder().map(known -> known.id()).orElse(null));
        json.put("clearance", extract.audience().clearance().word());
        json.put("about", about);
        json.put("left_out", leftOut(extract.leftOut()));
        json.put("incident", incident(extract));
        json.put("alerts", extract.alerts().stream().map(IncidentJson::alert).toList());
        json.put("parties", extract.parties());
        json.put("timeline", extract.history().stream().map(IncidentJson::entry).toList());
        json.put("files", extract.files().stream().map(IncidentJson::file).toList());
        json.put("tasks", extract.tasks().stream().map(IncidentJson::task).toList());
        try {
            return JSON.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an export is plain texts", e);
        }
    }

    private static Map<String, Object> leftOut(LeftOut leftOut) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alerts", leftOut.alerts());
        json.put("timeline", leftOut.entries());
        json.put("indicators", leftOut.indicators());
        json.put("files", leftOut.files());
        json.put("words", leftOut.words());
        return json;
    }

    private static Map<String, Object> incident(Extract extract) {
        Incident incident = extract.incident();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", incident.number());
        json.put("title", nullIfEmpty(extract.title()));
        json.put("status", incident.status().word());
        json.put("severity", incident.severity().word());
        json.put("tlp", extract.audience().label(incident.tlp()).word());
        json.put("impact", nullIfEmpty(extract.impact()));
        json.put(
                "circumstances",
                incident.circumstances().stream()
                        .map(Circumstance::word)
                        .sorted()
                        .toList());
        json.put(
                "verdict",
                extract.judgement()
                        .flatMap(Judgement::verdict)
                        .map(Verdict::word)
                        .orElse(null));
        json.put(
                "entry_path",
                extract.judgement()
                        .map(Judgement::entryPath)
                        .filter(text -> !text.isEmpty())
                        .orElse(null));
        json.put("aware", incident.aware().toString());
        json.put("opened", incident.openedAt().toString());
        json.put("updated", incident.updatedAt().toString());
        return json;
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Map<String, Object> alert(Extract.Seen seen) {
        Facts.AlertFact alert = seen.alert();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", alert.id());
        json.put("title", Map.of("ja", alert.titleJa(), "en", alert.titleEn()));
        json.put("severity", alert.severity().word());
        json.put("tlp", alert.tlp().word());
        json.put("raised", alert.raised().toString());
        json.put("first", alert.first().toString());
        json.put("last", alert.last().toString());
        json.put("count", alert.count());
        json.put("resources", alert.resources());
        json.put(
                "names",
                seen.entities().stream()
                        .map(entity -> Map.of("kind", entity.kind().word(), "value", entity.value()))
                        .toList());
        json.put(
                "indicators",
                alert.indicators().stream().map(IncidentJson::indicator).toList());
        return json;
    }

    private static Map<String, Object> indicator(Facts.Indicator indicator) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("field", indicator.field());
        json.put("value", indicator.value());
        json.put("name", indicator.name());
        json.put("feed", indicator.feed());
        json.put("tlp", indicator.tlp().word());
        return json;
    }

    /** As the API has it. */
    private static Map<String, Object> entry(TimelineEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("occurred", entry.occurred().toString());
        json.put("recorded", entry.recorded().toString());
        json.put("type", entry.type().word());
        json.put("source", entry.automatic() ? "auto" : "manual");
        json.put("author", entry.author());
        json.put("text", Map.of("ja", entry.textJa(), "en", entry.textEn()));
        json.put("in_report", entry.inReport());
        json.put("tlp", entry.tlp().word());
        json.put("visible_to", entry.visibleTo());
        json.put("supersedes", entry.supersedes().orElse(null));
        return json;
    }

    private static Map<String, Object> file(EvidenceFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", file.id());
        json.put("name", file.name());
        json.put("size", file.size());
        json.put("sha256", file.sha256());
        json.put("tlp", file.tlp().word());
        json.put("given_to", file.givenTo());
        json.put("note", file.note());
        json.put("added", file.addedAt().toString());
        json.put("added_by", file.addedBy());
        json.put(
                "withdrawn", file.withdrawal().map(gone -> gone.at().toString()).orElse(null));
        json.put(
                "reason", file.withdrawal().map(EvidenceFile.Withdrawal::reason).orElse(null));
        return json;
    }

    private static Map<String, Object> task(Task task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", task.title());
        json.put("owner", task.owner());
        json.put("due", task.due().map(Instant::toString).orElse(null));
        json.put("done", task.doneAt().map(Instant::toString).orElse(null));
        return json;
    }
}
