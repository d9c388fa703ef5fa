package jp.hinomi.alerting.incident.export;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.text.CsvLine;
import jp.hinomi.events.Tlp;

/** The timeline, and below it the files of evidence, as a table for spreadsheets: UTF-8 with a mark, formulas made harmless (RFC 4180). Stateless. */
final class TimelineCsv {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private TimelineCsv() {}

    /** @param about whom it is for, and what was left out: the first row */
    static String of(
            List<TimelineEntry> entries,
            List<EvidenceFile> files,
            String about,
            Tlp tlp,
            ZoneId zone,
            String language) {
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
        for (EvidenceFile file : files) {
            out.append(CsvLine.of(
                    "file:" + file.id(),
                    TIME.format(file.addedAt().atZone(zone)),
                    file.addedAt().toString(),
                    file.addedAt().toString(),
                    file.isWithdrawn() ? "file-withdrawn" : "file",
                    file.addedBy(),
                    file.name() + " | " + file.size() + " B | SHA-256 " + file.sha256()
                            + (file.note().isEmpty() ? "" : " | " + file.note()),
                    file.tlp().word(),
                    String.join(" ", file.givenTo()),
                    "",
                    ""));
        }
        return out.toString();
    }
}
