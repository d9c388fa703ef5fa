package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.intake.PoisonDesk;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.store.PoisonRecords.Place;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Records of the topic that could not be taken as alerts: each may be an alert that nobody was told of. */
@Controller
@Needs(Permission.SEE_OPERATIONS)
public class PoisonPages {
    private static final int SHOWN = 100;

    private final PoisonRecords records;
    private final PoisonDesk desk;
    private final EvidenceLooks looks;
    private final InstantSource clock;

    public PoisonPages(PoisonRecords records, PoisonDesk desk, EvidenceLooks looks, InstantSource clock) {
        this.records = records;
        this.desk = desk;
        this.looks = looks;
        this.clock = clock;
    }

    @GetMapping("/poison")
    String list(Principal principal, Model model) {
        looks.seen("account:" + principal.getName(), "poison", "page");
        return page(model, "");
    }

    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/poison/retry")
    String retry(
            @RequestParam String topic,
            @RequestParam int partition,
            @RequestParam long offset,
            Principal principal,
            Model model) {
        PoisonDesk.Outcome outcome =
                desk.retry(new Place(topic, partition, offset), "account:" + principal.getName(), clock.instant());
        return page(
                model,
                outcome instanceof PoisonDesk.Outcome.Taken
                        ? "taken"
                        : outcome instanceof PoisonDesk.Outcome.StillUnusable ? "still" : "unknown");
    }

    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/poison/dismiss")
    String dismiss(
            @RequestParam String topic,
            @RequestParam int partition,
            @RequestParam long offset,
            Principal principal,
            Model model) {
        boolean done =
                desk.dismiss(new Place(topic, partition, offset), "account:" + principal.getName(), clock.instant());
        return page(model, done ? "dismissed" : "unknown");
    }

    private String page(Model model, String outcome) {
        List<PoisonRecords.Poison> open = records.open(SHOWN);
        model.addAttribute("records", open);
        model.addAttribute("count", records.count());
        model.addAttribute("outcome", outcome);
        return "poison";
    }
}
