package jp.hinomi.alerting.own;

import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.Reports;
import jp.hinomi.alerting.report.out.ReportFiles;
import jp.hinomi.alerting.security.RowScope;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.ResponseEntity;

/** Reports that the city has submitted to a stakeholder, as they were submitted. Thread-safe. */
public final class OwnReports {
    private final OwnQueries queries;
    private final Reports reports;
    private final ReportFiles files;
    private final EvidenceLooks looks;

    public OwnReports(OwnQueries queries, Reports reports, ReportFiles files, EvidenceLooks looks) {
        this.queries = queries;
        this.reports = reports;
        this.files = files;
        this.looks = looks;
    }

    /** Newest first. */
    public List<OwnRecords.ReportLine> list(String own, long before, int limit) {
        return queries.reports(own, before, limit);
    }

    /** Those about an incident. */
    public List<OwnRecords.ReportLine> of(String own, long incident) {
        return queries.reportsOf(own, incident);
    }

    /**
     * That somebody of theirs looked is written into the audit log.
     *
     * @param format {@code html}, {@code pdf}, {@code csv} or {@code json}
     * @return absent if it was not submitted to them
     * @throws org.springframework.web.server.ResponseStatusException if it became more restricted than they may see
     * @throws jp.hinomi.alerting.report.out.ReportFonts.MissingFontException if a PDF cannot be drawn on this machine
     */
    public Optional<ResponseEntity<byte[]>> file(
            String own, long id, String format, Optional<String> language, String actor) {
        if (queries.report(own, id).isEmpty()) {
            return Optional.empty();
        }
        return RowScope.lifted(() -> {
            Optional<Report> report = reports.find(id);
            // It stays in their list; what it says is to be had no more than the alerts themselves.
            if (report.filter(reports::isAboveClearance).isPresent()) {
                throw Refusal.forbidden(OwnReason.REPORT_RESTRICTED, id);
            }
            looks.seen(actor, "report:" + id, "stakeholder");
            return report.flatMap(known -> files.answer(known, format, language));
        });
    }
}
