package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.proposal.ExceptionDesk;
import jp.hinomi.alerting.proposal.ExceptionDraft;
import jp.hinomi.alerting.proposal.ProposalRefusal;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An exception from the rule of an alert, put together from the values of its evidence. */
@Controller
@Needs(Permission.SEE_ALERTS)
public class ExceptionPages {
    static final int REASON = 300;

    /** For so long an exception holds unless somebody says otherwise. */
    private static final int USUAL_MONTHS = 3;

    private final ExceptionDesk desk;
    private final EvidenceLooks looks;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public ExceptionPages(ExceptionDesk desk, EvidenceLooks looks, CityInForce city, Texts texts, InstantSource clock) {
        this.desk = desk;
        this.looks = looks;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    /** As somebody writes it into the page; nothing that was typed is lost when something is wrong. */
    public record Form(String owner, String ja, String en, String until) {}

    /** What was chosen stands in the address. @param value words of choices */
    @GetMapping("/alerts/{id}/exception")
    String page(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String event,
            @RequestParam(required = false) List<String> value,
            Principal principal,
            Model model,
            Locale locale) {
        looks.seen("account:" + principal.getName(), "alert:" + id, "page");
        String until = today().plusMonths(USUAL_MONTHS).toString();
        return show(draft(id, event, value), new Form("", "", "", until), Optional.empty(), model, locale);
    }

    private ExceptionDraft draft(String id, String event, List<String> value) {
        try {
            return desk.draft(id, event, value == null ? List.of() : value);
        } catch (ProposalRefusal e) {
            throw Refusal.of(HttpStatus.NOT_FOUND, e);
        }
    }

    private LocalDate today() {
        return clock.instant().atZone(city.get().zone()).toLocalDate();
    }

    private String show(
            ExceptionDraft draft, Form form, Optional<ProposalRefusal> refusal, Model model, Locale locale) {
        model.addAttribute("draft", draft);
        model.addAttribute("form", form);
        model.addAttribute("owners", city.get().stakeholders().keySet());
        model.addAttribute("today", today());
        model.addAttribute("latest", today().plusDays(ExceptionDesk.LONGEST.toDays()));
        refusal.ifPresent(why -> model.addAttribute("refused", why.in(locale)));
        try {
            if (draft.rule().isPresent() && !draft.chosen().isEmpty()) {
                ExceptionDesk.Look look = desk.look(draft);
                model.addAttribute("look", look);
                model.addAttribute("preview", look.preview());
            }
        } catch (ProposalRefusal e) {
            model.addAttribute("refused", e.in(locale));
        }
        return "exception";
    }

    /** @param seen the mark of what was looked at before */
    @Needs(Permission.PROPOSE_RULES)
    @PostMapping("/alerts/{id}/exception")
    String propose(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String event,
            @RequestParam(required = false) List<String> value,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String ja,
            @RequestParam(defaultValue = "") String en,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String seen,
            Principal principal,
            Model model,
            Locale locale) {
        ExceptionDraft draft = draft(id, event, value);
        Instant now = clock.instant();
        try {
            long number = desk.propose(draft, owner, reason(ja, en), day(until), seen, principal.getName(), now)
                    .id();
            return "redirect:/rules/proposals/" + number;
        } catch (ProposalRefusal e) {
            return show(draft, new Form(owner, ja, en, until), Optional.of(e), model, locale);
        }
    }

    private static Map<String, String> reason(String ja, String en) {
        Map<String, String> reason = new LinkedHashMap<>();
        List.of(Map.entry("ja", ja), Map.entry("en", en)).forEach(each -> {
            String text = each.getValue().strip();
            if (!text.isEmpty()) {
                reason.put(each.getKey(), text.length() > REASON ? text.substring(0, REASON) : text);
            }
        });
        return reason;
    }

    /** Without one that can be read, a day that is refused with words. */
    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            return LocalDate.EPOCH;
        }
    }
}
