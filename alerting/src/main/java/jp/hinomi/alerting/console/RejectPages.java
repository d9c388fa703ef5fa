package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.delivery.MessageReason;
import jp.hinomi.alerting.health.Reject;
import jp.hinomi.alerting.health.RejectRuns;
import jp.hinomi.alerting.health.RejectSender;
import jp.hinomi.alerting.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Records that could not be used, and another try for those that can be by now. */
@Controller
@Needs(Permission.SEE_OPERATIONS)
public class RejectPages {
    private static final Logger LOG = LoggerFactory.getLogger(RejectPages.class);
    private static final int MOST_SKIPPED = 5_000;
    private static final int RUNS = 5;
    private static final int ANEW = 50;

    /** As far back as kinds are counted. */
    private static final Duration SINCE = Duration.ofDays(7);

    private final RejectQueries rejects;
    private final RejectRuns runs;
    private final EvidenceLooks looks;
    private final InstantSource clock;

    public RejectPages(RejectQueries rejects, RejectRuns runs, EvidenceLooks looks, InstantSource clock) {
        this.rejects = rejects;
        this.runs = runs;
        this.looks = looks;
        this.clock = clock;
    }

    @GetMapping("/operations/rejects")
    String rejects(
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "0") int skip,
            Principal principal,
            Model model) {
        int skipped = Math.max(0, Math.min(skip, MOST_SKIPPED));
        // Lines as they were sent, of whatever they are.
        looks.seen("account:" + principal.getName(), source.isEmpty() ? "rejects" : "rejects:" + source, "page");
        List<Reject> found = rejects.newest(
                Optional.of(source).filter(id -> !id.isEmpty()),
                Optional.of(kind).filter(text -> !text.isEmpty()),
                skipped,
                RejectQueries.PAGE + 1);
        boolean more = found.size() > RejectQueries.PAGE;
        model.addAttribute("rejects", more ? found.subList(0, RejectQueries.PAGE) : found);
        model.addAttribute("next", more ? skipped + RejectQueries.PAGE : null);
        model.addAttribute("kinds", rejects.kinds(clock.instant()));
        model.addAttribute("source", source);
        model.addAttribute("kind", kind);
        model.addAttribute("possible", runs.isPossible());
        model.addAttribute("runs", runs.newest(RUNS));
        return "rejects";
    }

    /** Says exactly which records would be sent again. */
    @Needs(Permission.WORK_ON_OPERATIONS)
    @GetMapping("/operations/rejects/again")
    String preview(
            @RequestParam(defaultValue = "") String source, @RequestParam(defaultValue = "") String kind, Model model) {
        model.addAttribute("source", source);
        model.addAttribute("kind", kind);
        model.addAttribute("most", RejectRuns.MOST);
        model.addAttribute("possible", runs.isPossible());
        if (runs.isPossible()) {
            try {
                Instant now = clock.instant();
                RejectSender.Choice choice =
                        new RejectSender.Choice(source, kind, now.minus(SINCE).toEpochMilli(), now.toEpochMilli());
                RejectSender.Plan plan = runs.plan(choice);
                model.addAttribute("plan", plan);
                model.addAttribute("since", choice.sinceMillis());
                model.addAttribute("until", choice.untilMillis());
                model.addAttribute("last", plan.places().isEmpty() ? "" : RejectRuns.last(plan));
            } catch (RuntimeException e) {
                // Kafka is away, or somebody else sends: whoever asked is told, and tries later.
                LOG.warn("It cannot be said which rejected records would be sent again", e);
                model.addAttribute("trouble", String.valueOf(e.getMessage()));
            }
        }
        return "rejects-again";
    }

    /**
     * Sends what the preview showed.
     *
     * @param since of the preview, in milliseconds since the epoch, as {@code until}: what was rejected since is not sent unseen
     * @param count that it said
     * @param last the last of them
     */
    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/operations/rejects/again")
    String again(
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam long since,
            @RequestParam long until,
            @RequestParam int count,
            @RequestParam String last,
            Principal principal,
            RedirectAttributes says) {
        try {
            Optional<Long> run = runs.isPossible()
                    ? runs.start(
                            new RejectSender.Choice(source, kind, since, until),
                            count,
                            last,
                            "account:" + principal.getName())
                    : Optional.empty();
            if (run.isPresent()) {
                return "redirect:/operations/rejects/runs/" + run.get();
            }
            says.addAttribute("overtaken", "");
        } catch (RuntimeException e) {
            LOG.warn("Rejected records cannot be sent again", e);
            says.addFlashAttribute("trouble", String.valueOf(e.getMessage()));
        }
        says.addAttribute("source", source);
        says.addAttribute("kind", kind);
        return "redirect:/operations/rejects/again";
    }

    /** What became of what was sent. */
    @GetMapping("/operations/rejects/runs/{id:[0-9]+}")
    String run(@PathVariable long id, Model model) {
        RejectRuns.Run run = runs.find(id).orElseThrow(() -> Refusal.unknown(MessageReason.NO_RUN));
        model.addAttribute("run", run);
        model.addAttribute("anew", runs.anew(id, ANEW));
        return "rejects-run";
    }
}
