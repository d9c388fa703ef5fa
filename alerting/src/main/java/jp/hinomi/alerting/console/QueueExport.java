package jp.hinomi.alerting.console;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.text.CsvLine;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The list as a table for spreadsheets. */
@Controller
@Needs(Permission.SEE_ALERTS)
public class QueueExport {
    /** More than that no spreadsheet is good at; the table says so in its last line. */
    static final int MOST = 100_000;

    private static final int AT_ONCE = 500;
    private static final int LONGEST = 2000;

    private final AlertQueries alerts;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Texts texts;
    private final InstantSource clock;

    public QueueExport(
            AlertQueries alerts, AuditLog audit, TransactionTemplate transaction, Texts texts, InstantSource clock) {
        this.alerts = alerts;
        this.audit = audit;
        this.transaction = transaction;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/alerts.csv")
    ResponseEntity<StreamingResponseBody> csv(
            @RequestParam MultiValueMap<String, String> parameters, Principal principal, Locale locale) {
        AlertFilter filter = AlertFilter.of(parameters);
        String me = principal.getName();
        Instant now = clock.instant();
        transaction.executeWithoutResult(status ->
                audit.record(now, "account:" + me, "alerts.exported", "alerts", Map.of("query", filter.query())));
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("alerts.csv")
                                .build()
                                .toString())
                .body(out -> {
                    try (Writer writer = new java.io.OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                        write(filter, me, locale.getLanguage(), writer);
                    }
                });
    }

    /** Some at a time, so that it does not matter how many there are. */
    private void write(AlertFilter filter, String me, String language, Writer out) throws IOException {
        out.write(CsvLine.BOM);
        out.write(CsvLine.of(
                "id",
                "raised",
                "first",
                "last",
                "severity",
                "status",
                "assignee",
                "verdict",
                "tlp",
                "rule",
                "title",
                "events",
                "resources",
                "stakeholders",
                "values"));
        Optional<AlertQueries.After> after = Optional.empty();
        for (int written = 0; written < MOST; written += AT_ONCE) {
            AlertQueries.Page page = alerts.wholePage(filter, me, after, AT_ONCE);
            for (AlertRow row : page.rows()) {
                out.write(line(row, language));
            }
            after = page.more();
            if (after.isEmpty()) {
                return;
            }
        }
        out.write(CsvLine.of("…", texts.get(language, "export.more", MOST)));
    }

    private static String line(AlertRow row, String language) {
        return CsvLine.of(
                row.id(),
                row.raisedAt().toString(),
                row.firstSeen().toString(),
                row.lastSeen().toString(),
                row.severity().word(),
                row.work(),
                row.assignee().orElse(""),
                row.verdict().orElse(""),
                row.tlp().word(),
                row.ruleName(),
                plain(row.title(language)),
                Long.toString(row.count()),
                String.join(" ", row.resources()),
                String.join(" ", row.stakeholders()),
                plain(row.group().entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining(" "))));
    }

    /** What would hide, or speak to a terminal, is said in brackets. */
    private static String plain(String text) {
        return VisibleText.plain(text, LONGEST);
    }
}
