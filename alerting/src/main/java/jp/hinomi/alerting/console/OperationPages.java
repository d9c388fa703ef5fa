package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.alarm.Alarm;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.incident.JoinQueue;
import jp.hinomi.alerting.map.CityInForce;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where the map has holes, and what became of messages. */
@Controller
@Needs(Permission.SEE_OPERATIONS)
public class OperationPages {
    private final GapQueries gaps;
    private final DeliveryQueries deliveries;
    private final OperationQueries operations;
    private final DeadLetters letters;
    private final JoinQueue joins;
    private final AlarmDesk alarms;
    private final Outbox outbox;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final CityInForce city;
    private final InstantSource clock;

    public OperationPages(
            GapQueries gaps,
            DeliveryQueries deliveries,
            OperationQueries operations,
            DeadLetters letters,
            JoinQueue joins,
            AlarmDesk alarms,
            Outbox outbox,
            AuditLog audit,
            TransactionTemplate transaction,
            CityInForce city,
            InstantSource clock) {
        this.gaps = gaps;
        this.deliveries = deliveries;
        this.operations = operations;
        this.letters = letters;
        this.joins = joins;
        this.alarms = alarms;
        this.outbox = outbox;
        this.audit = audit;
        this.transaction = transaction;
        this.city = city;
        this.clock = clock;
    }

    @Needs(Permission.SEE_MAP)
    @GetMapping("/gaps")
    String gaps(Model model) {
        model.addAttribute("gaps", gaps.all());
        return "gaps";
    }

    @Needs(Permission.SEE_MESSAGES)
    @GetMapping("/deliveries")
    String deliveries(
            @RequestParam(required = false) String state, @RequestParam(required = false) Long before, Model model) {
        Optional<String> chosen = Optional.ofNullable(state).filter(DeliveryQueries.STATES::contains);
        List<DeliveryRow> rows = deliveries.newest(chosen, Optional.ofNullable(before), DeliveryQueries.PAGE + 1);
        boolean more = rows.size() > DeliveryQueries.PAGE;
        model.addAttribute("deliveries", more ? rows.subList(0, DeliveryQueries.PAGE) : rows);
        model.addAttribute("more", more ? rows.get(DeliveryQueries.PAGE - 1).id() : null);
        model.addAttribute("states", DeliveryQueries.STATES);
        model.addAttribute("state", chosen.orElse(""));
        model.addAttribute("counts", deliveries.countByState());
        return "deliveries";
    }

    @GetMapping("/operations")
    String operations(Model model) {
        model.addAttribute("alarms", operations.alarms());
        model.addAttribute("running", operations.escalations("running"));
        model.addAttribute("exhausted", operations.escalations("exhausted"));
        model.addAttribute("setAside", operations.setAside());
        model.addAttribute("now", clock.instant());
        return "operations";
    }

    /** Somebody has taken note of an alarm. */
    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/operations/alarms/{id}/settle")
    String settle(@PathVariable long id, Principal principal) {
        transaction.executeWithoutResult(
                status -> alarms.settle(id, "account:" + principal.getName(), clock.instant()));
        return "redirect:/operations";
    }

    /** Has alerts looked at again that could not be joined to incidents. */
    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/operations/joins")
    String joinAgain(Principal principal) {
        Instant now = clock.instant();
        String actor = "account:" + principal.getName();
        transaction.executeWithoutResult(status -> {
            int again = joins.again();
            alarms.settle(Alarm.Kind.SET_ASIDE, Alarm.JOINS, actor, now);
            audit.record(now, actor, "joins.retried", "joins", Map.of("alerts", again));
        });
        return "redirect:/operations#joins";
    }

    /** Says exactly which dead letters would be sent again. */
    @Needs(Permission.SEND_MESSAGES)
    @GetMapping("/deliveries/again")
    String preview(
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String error,
            Model model) {
        DeadLetters.Choice choice = new DeadLetters.Choice(contact, channel, error);
        model.addAttribute("choice", choice);
        model.addAttribute("contacts", letters.contacts());
        model.addAttribute("channels", letters.channels());
        model.addAttribute("preview", letters.preview(choice));
        return "deliveries-again";
    }

    /** @param count that the preview said, @param upTo the newest of them: what has died since is not sent unseen */
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/deliveries/again")
    String again(
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String error,
            @RequestParam long count,
            @RequestParam long upTo,
            Principal principal,
            RedirectAttributes says) {
        DeadLetters.Choice choice = new DeadLetters.Choice(contact, channel, error);
        boolean sent = letters.again(
                choice,
                count,
                upTo,
                "account:" + principal.getName(),
                clock.instant(),
                city.get().notification().delivery().deadline());
        if (sent) {
            return "redirect:/deliveries?state=pending";
        }
        says.addAttribute("contact", contact);
        says.addAttribute("channel", channel);
        says.addAttribute("error", error);
        says.addAttribute("overtaken", "");
        return "redirect:/deliveries/again";
    }

    /** Gives a dead letter another life. */
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/deliveries/{id}/retry")
    String retry(@PathVariable long id, @RequestParam(defaultValue = "") String state, Principal principal) {
        transaction.executeWithoutResult(status -> {
            if (outbox.revive(
                    id, clock.instant(), city.get().notification().delivery().deadline())) {
                audit.record(
                        clock.instant(),
                        "account:" + principal.getName(),
                        "delivery.retried",
                        "delivery:" + id,
                        Map.of());
            }
        });
        return "redirect:/deliveries" + (DeliveryQueries.STATES.contains(state) ? "?state=" + state : "");
    }
}
