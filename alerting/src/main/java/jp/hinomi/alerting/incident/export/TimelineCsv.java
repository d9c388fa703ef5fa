package jp.hinomi.alerting.incident.export;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.text.CsvLine;
import jp.hinomi.events.Tlp;

/** The timeline as a table for spreadsheets: UTF-8 with a mark, formulas made harmless (RFC 4180). Stateless. */
final class TimelineCsv {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private TimelineCsv() {}

    /** @param about whom it is for, and what was left out: the first row */
    static String of(List<TimelineEntry> entries, String about, Tlp tlp, ZoneId zone, String language) {
        StringBuilder out = new StringBuilder(CsvLine.BOM);
        out.append(CsvLine.of(
                "id",
                "occurred_" + zone.getId(),
                "occurred_utc",
                "recorded_utc",
                "type",
                "author",
                "text",
                "tlp",
                "visible_to",
                "in_report",
                "supersedes"));
        out.append(CsvLine.of("", "", "", "", "export", "system", about, tlp.word(), "", "", ""));
        for (TimelineEntry entry : entries) {
            out.append(CsvLine.of(
                    Long.toString(entry.id()),
                    TIME.format(entry.occurred().atZone(zone)),
                    entry.occurred().toString(),
                    entry.recorded().toString(),
                    entry.type().word(),
                    entry.author(),
                    entry.text(language),
                    entry.tlp().word(),
                    String.join(" ", entry.visibleTo()),
                    Boolean.toString(entry.inReport()),
                    entry.supersedes().map(String::valueOf).orElse("")));
        }
        return out.toString();
    }
}
