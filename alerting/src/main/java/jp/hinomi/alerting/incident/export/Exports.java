package jp.hinomi.alerting.incident.export;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.out.PdfReport;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.City;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes an incident into files for somebody, each of which stands in the audit log: it leaves the house. Thread-safe. */
public final class Exports {
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Extracts extracts;
    private final PdfReport pdf;
    private final Texts texts;
    private final CityInForce city;

    public Exports(
            TransactionTemplate transaction,
            AuditLog audit,
            Extracts extracts,
            PdfReport pdf,
            Texts texts,
            CityInForce city) {
        this.transaction = transaction;
        this.audit = audit;
        this.extracts = extracts;
        this.pdf = pdf;
        this.texts = texts;
        this.city = city;
    }

    /** @param suffix of its name, which says whom it is for: {@code -vendor}; empty for the promoter's own people */
    public record Export(byte[] bytes, String suffix) {}

    /**
     * @param to id of a stakeholder; empty = the promoter's own people
     * @param tlp the most restricted label that may go in; empty = what they may see
     * @throws IllegalArgumentException if there is no such stakeholder or label
     * @throws jp.hinomi.alerting.report.out.ReportFonts.MissingFontException if there is no font to set Japanese in
     */
    public Export write(
            Incident incident, Format format, String to, String tlp, String language, String actor, Instant now) {
        City current = city.get();
        Audience audience = Audience.of(current, to, tlp);
        Extract extract = extracts.of(incident, audience);
        String about = about(extract, current, language);
        byte[] bytes = switch (format) {
            case CSV ->
                utf8(TimelineCsv.of(
                        extract.history(), extract.files(), about, extract.tlp(), current.zone(), language));
            case STIX ->
                utf8(StixBundle.of(
                        new StixBundle.Source(current.id(), current.name().getOrDefault(language, current.id())),
                        extract,
                        about,
                        language));
            case JSON -> utf8(IncidentJson.of(current, extract, about, now));
            case PDF -> pdf.write(IncidentSheet.of(current, extract, about, language, texts, actor, now));
        };
        record(extract, format, actor, now);
        boolean house = audience.stakeholder().isEmpty()
                && audience.clearance() == current.promoter().maxTlp();
        return new Export(bytes, house ? "" : "-" + audience.key().replace('+', '-'));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whom it is for, and what was left out. */
    private String about(Extract extract, City current, String language) {
        LeftOut left = extract.leftOut();
        String who = extract.audience().stakeholder().orElse(current.promoter()).name(language);
        String clearance = extract.audience().clearance().word();
        if (left.isNothing()) {
            return texts.get(
                    language,
                    "export.about.whole",
                    who,
                    clearance,
                    extract.tlp().word());
        }
        return texts.get(
                        language,
                        "export.about.part",
                        who,
                        clearance,
                        extract.tlp().word(),
                        left.alerts(),
                        left.entries(),
                        left.indicators(),
                        left.files())
                + (left.words() ? texts.get(language, "export.about.words") : "");
    }

    private void record(Extract extract, Format format, String actor, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("format", format.word());
        extract.audience().stakeholder().ifPresent(known -> details.put("to", known.id()));
        details.put("clearance", extract.audience().clearance().word());
        details.put("tlp", extract.tlp().word());
        details.put("left_out", !extract.leftOut().isNothing());
        transaction.executeWithoutResult(status ->
                audit.record(now, actor, "incident.exported", extract.incident().object(), details));
    }
}
