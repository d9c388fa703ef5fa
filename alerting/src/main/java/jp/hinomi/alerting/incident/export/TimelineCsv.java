package jp.hinomi.alerting.incident.export;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.text.CsvLine;

/** The timeline as a table for spreadsheets: UTF-8 with a mark, formulas made harmless (RFC 4180). Stateless. */
public final class TimelineCsv {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private TimelineCsv() {}

    public static String of(List<TimelineEntry> entries, ZoneId zone, String language) {
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
