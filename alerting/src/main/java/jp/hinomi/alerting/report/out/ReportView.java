package jp.hinomi.alerting.report.out;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import jp.hinomi.alerting.report.Report;
import jp.hinomi.alerting.report.ReportDocument;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.report.ReportForm;

/**
 * A report and what became of it, in the words of one language, for the outputs that people read.
 *
 * @param language of the labels; values stay in the report's
 */
public record ReportView(
        ReportDocument document,
        Optional<String> sha256,
        Optional<Report.Ending> ending,
        String endedAs,
        String language,
        ZoneId zone,
        Texts texts)
        implements Sheet {
    public static ReportView of(ReportDocument document, Report report, String language, ZoneId zone, Texts texts) {
        return new ReportView(
                document,
                report.submission().map(Report.Submission::sha256),
                report.ending(),
                report.state().word(),
                language,
                zone,
                texts);
    }

    @Override
    public String in(java.util.Map<String, String> words) {
        return ReportForm.in(words, language);
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
        return get("report.title-stage", in(document.form().name()), in(document.stageName()));
    }

    /** {@code INC-2026-0001-2}, or that it is a draft. */
    @Override
    public String number() {
        return document.isDraft()
                ? get("report.number.draft", document.incident().number())
                : get("report.number", document.incident().number(), document.seq());
    }

    /** What must be seen first: that it is a draft, or counts no more. */
    @Override
    public Optional<String> banner() {
        if (document.isDraft()) {
            return Optional.of(get("report.banner.draft"));
        }
        return ending.map(end -> "corrected".equals(endedAs)
                ? get("report.banner.corrected", time(end.at().toString()))
                : get("report.banner.withdrawn", time(end.at().toString()), end.reason()));
    }

    /** What it is compared with; absent for a first report. */
    @Override
    public Optional<String> comparedWith() {
        return Optional.ofNullable(document.previous()).map(previous -> {
            int changes = document.changed().size();
            String when = previous.submitted().isEmpty() ? "" : time(previous.submitted());
            return get("report.compared", previous.seq(), when, changes);
        });
    }
}
