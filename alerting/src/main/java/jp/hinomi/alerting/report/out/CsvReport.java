package jp.hinomi.alerting.report.out;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import jp.hinomi.alerting.report.ReportDocument;

/**
 * A report as CSV (RFC 4180) in UTF-8 with BOM, which Excel needs to read Japanese. A value that a spreadsheet would take for a
 * formula begins with an apostrophe: it is shown as text and computes nothing (OWASP, CSV injection). Stateless and thread-safe.
 */
public final class CsvReport {
    /** What begins a formula or a command; full-width forms count in Japanese spreadsheets. */
    private static final String FORMULA = "=+-@|%\t\r＝＋－＠";

    private CsvReport() {}

    public static byte[] write(ReportView view) {
        ReportDocument document = view.document();
        StringBuilder out = new StringBuilder("\uFEFF");
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
        out.append(Arrays.stream(cells).map(CsvReport::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    static String cell(String value) {
        String harmless =
                !value.isEmpty() && FORMULA.indexOf(value.stripLeading().isEmpty() ? ' ' : first(value)) >= 0
                        ? "'" + value
                        : value;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }

    /** Spaces before a formula do not make it harmless. */
    private static char first(String value) {
        return value.charAt(0) == '\t' || value.charAt(0) == '\r'
                ? value.charAt(0)
                : value.stripLeading().charAt(0);
    }
}
