package jp.hinomi.alerting.report.out;

import java.nio.charset.StandardCharsets;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.text.CsvLine;

/**
 * A report as CSV in UTF-8 with BOM, which Excel needs to read Japanese; harmless to spreadsheets. Stateless and thread-safe.
 */
public final class CsvReport {
    private CsvReport() {}

    public static byte[] write(ReportView view) {
        ReportDocument document = view.document();
        StringBuilder out = new StringBuilder(CsvLine.BOM);
        line(
                out,
                view.get("report.csv.section"),
                "id",
                view.get("report.csv.label"),
                view.get("report.csv.value"),
                view.get("report.csv.known"),
                view.get("report.csv.changed"),
                view.get("report.csv.before"));
        String about = view.get("report.csv.about");
        meta(out, about, "number", view.get("report.csv.number"), view.number());
        meta(out, about, "form", view.get("report.csv.form"), view.title());
        meta(
                out,
                about,
                "recipient",
                view.get("report.csv.recipient"),
                view.in(document.recipient().name()));
        meta(out, about, "tlp", "TLP", document.tlp());
        meta(
                out,
                about,
                "submitted",
                view.get("report.csv.submitted"),
                document.submitted() == null ? "" : view.time(document.submitted()));
        meta(out, about, "state", view.get("report.csv.state"), view.banner().orElse(""));
        meta(out, about, "sha256", "SHA-256", view.sha256().orElse(""));
        document.sections()
                .forEach(section -> section.fields()
                        .forEach(field -> line(
                                out,
                                view.in(section.title()),
                                field.id(),
                                view.in(field.label()),
                                field.value(),
                                view.get(field.known() ? "report.csv.yes" : "report.csv.not-known"),
                                field.changed() ? view.get("report.changed") : "",
                                field.before())));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void meta(StringBuilder out, String about, String id, String label, String value) {
        line(out, about, id, label, value, "", "", "");
    }

    private static void line(StringBuilder out, String... cells) {
        out.append(CsvLine.of(cells));
    }
}
