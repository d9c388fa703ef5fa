package jp.hinomi.alerting.report.out;

import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.report.ReportDocument;

/** What {@link PdfReport} sets on pages, in the words of one language. */
public interface Sheet {
    ReportDocument document();

    /** Of the labels. */
    String language();

    String in(Map<String, String> words);

    String get(String key, Object... arguments);

    /** @param instant as RFC 3339 */
    String time(String instant);

    String title();

    /** Stands on every page. */
    String number();

    /** What must be seen first. */
    Optional<String> banner();

    /** What it is compared with. */
    Optional<String> comparedWith();

    Optional<String> sha256();
}
