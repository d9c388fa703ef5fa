package jp.hinomi.alerting.report.out;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.report.FormField;
import jp.hinomi.city.report.FormSection;
import jp.hinomi.city.report.FormStage;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.Tlp;

/** A report of three fields for tests of the outputs. */
public final class SampleReport {
    static final Texts TEXTS = new Texts(Texts.source());

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> before = new LinkedHashMap<>();

    public static ReportForm form() {
        return new ReportForm(
                "sample",
                1,
                Map.of("ja", "漏えい等報告書", "en", "Breach report"),
                Map.of("ja", "個人情報保護法 第26条"),
                new ReportForm.Recipient(
                        ReportForm.Kind.AUTHORITY, Optional.empty(), Map.of("ja", "個人情報保護委員会", "en", "Commission")),
                Tlp.AMBER,
                true,
                Set.of(),
                List.of(new FormStage(Stage.INITIAL, Map.of("ja", "速報", "en", "Preliminary"), Optional.empty())),
                List.of(new FormSection(
                        Map.of("ja", "報告事項", "en", "Matters"),
                        Stream.of("a", "b", "c")
                                .map(id -> new FormField(
                                        id,
                                        Map.of("ja", "項目" + id, "en", "Item " + id),
                                        Map.of(),
                                        FormField.Kind.TEXT,
                                        Optional.empty()))
                                .toList())));
    }

    SampleReport value(String field, String value) {
        values.put(field, value);
        return this;
    }

    SampleReport before(String field, String value) {
        before.put(field, value);
        return this;
    }

    ReportDocument document() {
        ReportForm form = form();
        List<ReportDocument.Field> fields = new ArrayList<>();
        form.fields().forEach(field -> {
            String value = values.getOrDefault(field.id(), "");
            String old = before.getOrDefault(field.id(), "");
            boolean changed = !before.isEmpty() && !old.equals(value);
            fields.add(new ReportDocument.Field(
                    field.id(), field.label(), value, !value.isBlank(), changed, changed ? old : "", false));
        });
        return new ReportDocument(
                ReportDocument.SCHEMA,
                "submitted",
                new ReportDocument.Named("minato", Map.of("ja", "みなと市", "en", "Minato City")),
                new ReportDocument.About("INC-2026-0001", "open", "2026-04-01T00:00:00Z"),
                new ReportDocument.Form(form.id(), form.version(), form.name(), form.basis()),
                "initial",
                Map.of("ja", "速報", "en", "Preliminary"),
                2,
                new ReportDocument.To("authority", "個人情報保護委員会", Map.of("ja", "個人情報保護委員会", "en", "Commission")),
                "ja",
                "AMBER",
                "admin",
                "2026-04-01T00:00:00Z",
                "2026-04-02T00:00:00Z",
                "2026-04-05T15:00:00Z",
                before.isEmpty() ? null : new ReportDocument.Previous(1, "initial", "2026-04-01T12:00:00Z", "00ff"),
                false,
                List.of(new ReportDocument.Section(form.sections().get(0).title(), fields)));
    }

    ReportView view(String language) {
        ReportDocument document = document();
        return new ReportView(
                document,
                Optional.of(ReportDocument.sha256(document.write())),
                Optional.<Report.Ending>empty(),
                "submitted",
                language,
                ZoneId.of("Asia/Tokyo"),
                TEXTS);
    }
}
