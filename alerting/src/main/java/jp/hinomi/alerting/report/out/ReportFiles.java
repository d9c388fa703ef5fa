package jp.hinomi.alerting.report.out;

import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.delivery.AttachedFile;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.text.Texts;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers requests for a report as a file. Thread-safe. */
public final class ReportFiles {
    private final Reports reports;
    private final HtmlReport html;
    private final PdfReport pdf;
    private final Texts texts;
    private final CityInForce city;

    public ReportFiles(Reports reports, HtmlReport html, PdfReport pdf, Texts texts, CityInForce city) {
        this.reports = reports;
        this.html = html;
        this.pdf = pdf;
        this.texts = texts;
        this.city = city;
    }

    /**
     * @param format {@code html}, {@code pdf}, {@code csv} or {@code json}
     * @param language of the labels; absent = the report's
     * @return empty if there is no such format
     */
    public Optional<ResponseEntity<byte[]>> answer(Report report, String format, Optional<String> language) {
        ReportDocument document = reports.document(report);
        String shown =
                language.filter(word -> word.equals("ja") || word.equals("en")).orElse(report.language());
        ReportView view = ReportView.of(document, report, shown, city.get().zone(), texts);
        return switch (format) {
            case "html" -> Optional.of(file(view, "html", "text/html;charset=UTF-8", "inline", html.write(view)));
            case "pdf" -> Optional.of(file(view, "pdf", "application/pdf", "inline", pdf.write(view)));
            case "csv" -> Optional.of(file(view, "csv", "text/csv;charset=UTF-8", "attachment", CsvReport.write(view)));
            case "json" ->
                Optional.of(file(
                        view,
                        "json",
                        "application/json",
                        "attachment",
                        reports.frozen(report).orElseGet(document::write)));
            default -> Optional.empty();
        };
    }

    /**
     * What goes with a mail: the report as PDF to read and as CSV to work with, in its own language.
     *
     * @throws ReportFonts.MissingFontException if a PDF cannot be drawn on this machine
     */
    public List<AttachedFile> attached(Report report) {
        ReportView view = ReportView.of(
                reports.document(report), report, report.language(), city.get().zone(), texts);
        return List.of(
                new AttachedFile(name(view, "pdf"), "application/pdf", pdf.write(view)),
                new AttachedFile(name(view, "csv"), "text/csv;charset=UTF-8", CsvReport.write(view)));
    }

    private static String name(ReportView view, String ending) {
        ReportDocument document = view.document();
        return document.incident().number() + "-" + document.form().id() + "-"
                + (document.isDraft() ? "draft" : Integer.toString(document.seq())) + "." + ending;
    }

    private ResponseEntity<byte[]> file(ReportView view, String ending, String type, String how, byte[] bytes) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, how + "; filename=\"" + name(view, ending) + "\"")
                .header("Content-Security-Policy", html.policy());
        view.sha256().ifPresent(hash -> answer.header("X-Hinomi-Report-Sha256", hash));
        return answer.body(bytes);
    }
}
