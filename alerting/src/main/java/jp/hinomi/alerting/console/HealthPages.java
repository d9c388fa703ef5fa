package jp.hinomi.alerting.console;

import java.io.IOException;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.AlertingStartException;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.audit.AuditVerification;
import jp.hinomi.alerting.health.FlinkClient;
import jp.hinomi.alerting.map.CityInForce;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How sources and the job fare, what could not be read, and whether the audit log is whole. */
@Controller
@Needs(Permission.SEE_OPERATIONS)
public class HealthPages {
    private static final int MOST_SKIPPED = 5_000;
    private static final int MOST_WORDS = 8;

    private final CityInForce city;
    private final SourceQueries sources;
    private final AuditQueries entries;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final AlertingSettings settings;
    private final InstantSource clock;
    private final Optional<FlinkClient> flink;

    /** One at a time: it reads the whole log. */
    private final Semaphore verifying = new Semaphore(1);

    public HealthPages(
            CityInForce city,
            SourceQueries sources,
            AuditQueries entries,
            AuditLog audit,
            TransactionTemplate transaction,
            AlertingSettings settings,
            InstantSource clock) {
        this.city = city;
        this.sources = sources;
        this.entries = entries;
        this.audit = audit;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
        this.flink = settings.flink().map(FlinkClient::new);
    }

    @GetMapping("/operations/sources")
    String sources(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int skip,
            Model model) {
        Optional<String> chosen = Optional.of(state).filter(SourceQueries.worstFirst()::contains);
        int skipped = Math.max(0, Math.min(skip, MOST_SKIPPED));
        SourceQueries.Page page = sources.page(city.get(), chosen, q, skipped, clock.instant());
        model.addAttribute("page", page);
        model.addAttribute("state", chosen.orElse(""));
        model.addAttribute("q", q);
        model.addAttribute("next", page.more() ? skipped + SourceQueries.PAGE : null);
        return "sources";
    }

    @GetMapping("/operations/job")
    String job(Model model) {
        model.addAttribute("configured", flink.isPresent());
        model.addAttribute(
                "address", flink.map(client -> client.rest().toString()).orElse(""));
        try {
            model.addAttribute("jobs", flink.isPresent() ? flink.get().jobs() : List.of());
        } catch (IOException e) {
            model.addAttribute("jobs", List.of());
            model.addAttribute("trouble", e.getMessage());
        }
        return "job";
    }

    @Needs(Permission.SEE_AUDIT)
    @GetMapping("/operations/audit")
    String audit(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) Long before, Model model) {
        return auditPage(q, before, model);
    }

    private String auditPage(String q, Long before, Model model) {
        List<String> words = Arrays.stream(q.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
        List<AuditQueries.Row> rows =
                entries.page(words, before == null ? Long.MAX_VALUE : before, AuditQueries.PAGE + 1);
        boolean more = rows.size() > AuditQueries.PAGE;
        model.addAttribute("rows", more ? rows.subList(0, AuditQueries.PAGE) : rows);
        model.addAttribute("more", more ? rows.get(AuditQueries.PAGE - 1).seq() : null);
        model.addAttribute("q", q);
        model.addAttribute("outside", settings.auditCheckpoints().isPresent());
        return "audit";
    }

    /** Recomputes the whole chain; that somebody did, and what came out, is an entry too. */
    @Needs(Permission.SEE_AUDIT)
    @PostMapping("/operations/audit/verify")
    String verify(Principal principal, Model model) {
        if (!verifying.tryAcquire()) {
            model.addAttribute("busy", true);
            return auditPage("", null, model);
        }
        try {
            AuditVerification.Report report =
                    AuditVerification.verify(settings.database(), settings.auditCheckpoints());
            model.addAttribute("report", report);
            transaction.executeWithoutResult(status -> audit.record(
                    clock.instant(),
                    "account:" + principal.getName(),
                    "audit.verified",
                    "audit",
                    Map.of("rows", report.rows(), "findings", report.findings().size())));
        } catch (AlertingStartException e) {
            model.addAttribute("trouble", e.getMessage());
        } finally {
            verifying.release();
        }
        return auditPage("", null, model);
    }
}
