package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.AnswerReason;
import jp.hinomi.alerting.ack.Answerer;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.live.LiveUpdates;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.security.SessionContexts;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.triage.SavedViews;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.alerting.triage.TriageReason;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.events.Severity;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The list of alerts, live, and the page of one. */
@Controller
@Needs(Permission.SEE_ALERTS)
public class AlertPages {
    private static final int NOTE_LIMIT = 2000;

    private static final Set<String> OUTCOMES = Set.of(
            "accepted",
            "passed-on",
            "help-comes",
            "nobody-else",
            "already",
            "closed",
            "repeated",
            "kept-assign",
            "kept-begin",
            "kept-judge",
            "kept-reopen",
            "nothing",
            "changed");

    private final AlertQueries alerts;
    private final FacetQueries facets;
    private final SavedViews views;
    private final Triage triage;
    private final DetailQueries details;
    private final Alerts store;
    private final Acknowledgements acknowledgements;
    private final EvidenceLooks looks;
    private final LiveUpdates live;
    private final CityInForce city;
    private final InstantSource clock;

    public AlertPages(
            AlertQueries alerts,
            FacetQueries facets,
            SavedViews views,
            Triage triage,
            DetailQueries details,
            Alerts store,
            Acknowledgements acknowledgements,
            EvidenceLooks looks,
            LiveUpdates live,
            CityInForce city,
            InstantSource clock) {
        this.alerts = alerts;
        this.facets = facets;
        this.views = views;
        this.triage = triage;
        this.details = details;
        this.store = store;
        this.acknowledgements = acknowledgements;
        this.looks = looks;
        this.live = live;
        this.city = city;
        this.clock = clock;
    }

    @ModelAttribute("filter")
    AlertFilter filter(@RequestParam MultiValueMap<String, String> parameters) {
        return AlertFilter.of(parameters);
    }

    @Needs(Permission.OWN_ACCOUNT)
    @GetMapping("/")
    String start() {
        return Members.may(Permission.SEE_OWN_PART) ? "redirect:/own" : "redirect:/alerts";
    }

    /** @param group by what the alerts are put together; empty = not */
    @GetMapping("/alerts")
    String list(
            @ModelAttribute("filter") AlertFilter filter,
            @RequestParam(required = false) String after,
            @RequestParam(defaultValue = "") String group,
            @RequestHeader(value = "HX-Request", required = false) String part,
            Principal principal,
            Model model,
            HttpServletResponse response) {
        String me = principal.getName();
        Optional<AlertQueries.After> place = Optional.ofNullable(after).flatMap(AlertQueries.After::ofWord);
        // Read first: what arrives meanwhile counts as new.
        long newest = alerts.newest();
        boolean grouped = FacetQueries.GROUPS.contains(group);
        AlertQueries.Page page = grouped
                ? new AlertQueries.Page(List.of(), Optional.empty(), Optional.empty())
                : alerts.page(filter, me, place, AlertQueries.PAGE);
        model.addAttribute("rows", page.rows());
        model.addAttribute("more", page.more().map(AlertQueries.After::word).orElse(null));
        // Somebody looked on, and there was nothing.
        model.addAttribute(
                "ended",
                place.isPresent() && page.rows().isEmpty() && page.more().isEmpty());
        model.addAttribute("lookedTo", page.lookedTo().orElse(null));
        model.addAttribute("newest", newest);
        model.addAttribute("group", grouped ? group : "");
        // The same address gives a page or a part of it: caches must not mix them up.
        response.addHeader("Vary", "HX-Request");
        if (place.isPresent()) {
            return "alerts :: rows";
        }
        model.addAttribute("severities", severitiesWorstFirst());
        model.addAttribute("resources", city.get().resources().values());
        model.addAttribute("stakeholders", city.get().stakeholders().values());
        model.addAttribute("groups", grouped ? facets.groups(filter, me, group) : List.of());
        model.addAttribute("groupings", FacetQueries.GROUPS);
        model.addAttribute("views", views.of(me));
        return part == null ? "alerts" : "alerts :: list";
    }

    /** What the list holds by the values that one may filter for. */
    @GetMapping("/alerts/facets")
    String facets(@ModelAttribute("filter") AlertFilter filter, Principal principal, Model model) {
        model.addAttribute("facets", facets.of(filter, principal.getName()));
        return "alerts :: facets";
    }

    private static List<Severity> severitiesWorstFirst() {
        List<Severity> severities = new java.util.ArrayList<>(List.of(Severity.values()));
        java.util.Collections.reverse(severities);
        return severities;
    }

    /** One row anew. Nothing if there is no such alert. */
    @GetMapping("/alerts/{id}/row")
    String row(@PathVariable String id, @ModelAttribute("filter") AlertFilter filter, Model model) {
        AlertRow row = alerts.one(id, AlertFilter.of(null, null, null, null, null))
                .orElseThrow(() -> Refusal.unknown(TriageReason.NO_ALERT, id));
        model.addAttribute("row", row);
        return "alerts :: row(row=${row})";
    }

    /** How many alerts of the filter arrived after the newest shown. */
    @GetMapping(value = "/alerts/new", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> countNew(
            @ModelAttribute("filter") AlertFilter filter, @RequestParam long after, Principal principal) {
        return ResponseEntity.ok(Integer.toString(alerts.countAfter(filter, principal.getName(), after)));
    }

    @GetMapping(value = "/alerts/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("X-Accel-Buffering", "no");
        return live.subscribe(SessionContexts.current(request).orElse("")).orElseThrow(() -> {
            response.addHeader("Retry-After", "15");
            return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        });
    }

    /** @param said what became of the answer that was just given */
    @GetMapping("/alerts/{id}")
    String alert(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String said,
            @RequestParam(defaultValue = "") String note,
            Principal principal,
            Model model) {
        AlertDetail detail = details.of(id).orElseThrow(() -> Refusal.unknown(TriageReason.NO_ALERT, id));
        looks.seen("account:" + principal.getName(), "alert:" + id, "page");
        model.addAttribute("alert", detail);
        model.addAttribute("row", detail.row());
        model.addAttribute("said", OUTCOMES.contains(said) ? said : null);
        model.addAttribute("asked", asked(detail));
        model.addAttribute("verdicts", Verdict.values());
        model.addAttribute("judged", triage.verdicts(id));
        model.addAttribute("accounts", triage.accounts());
        model.addAttribute("written", note.length() > NOTE_LIMIT ? "" : note);
        return "alert";
    }

    /** Contacts that were told, for whom an analyst may write an answer down. */
    private List<String> asked(AlertDetail detail) {
        return detail.escalations().stream()
                .flatMap(escalation -> escalation.targets().stream())
                .map(told -> told.target().contact())
                .distinct()
                .filter(contact -> city.get().contact(contact).isPresent())
                .toList();
    }

    /** The alert as it last came: what other tools and doubters read. */
    @GetMapping(value = "/alerts/{id}.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> json(@PathVariable String id, Principal principal) {
        String body = store.body(id).orElseThrow(() -> Refusal.unknown(TriageReason.NO_ALERT, id));
        looks.seen("account:" + principal.getName(), "alert:" + id, "file");
        return ResponseEntity.ok(body);
    }

    /** @param contact for whom the account answers, for instance after a telephone call; empty = for itself */
    @Needs(Permission.ANSWER_ALERTS)
    @PostMapping("/alerts/{id}/ack")
    String acknowledge(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "ack") String answer,
            @RequestParam(defaultValue = "") String contact,
            Principal principal) {
        String kept = note.length() > NOTE_LIMIT ? note.substring(0, NOTE_LIMIT) : note;
        Answer given = Answer.ofWord(answer).orElseThrow(() -> Refusal.bad(AnswerReason.NO_ANSWER, answer));
        Answerer answerer = contact.isEmpty()
                ? Answerer.account("console", principal.getName(), Members.may(Permission.JUDGE_ALERTS))
                : city.get()
                        .contact(contact)
                        .map(of -> Answerer.forContact(
                                "console",
                                principal.getName(),
                                contact,
                                of.stakeholder().id()))
                        .orElseThrow(() -> Refusal.bad(AnswerReason.NO_CONTACT, contact));
        Outcome outcome = acknowledgements.answer(id, answerer, given, kept, clock.instant());
        if (outcome instanceof Outcome.Unknown) {
            throw Refusal.unknown(TriageReason.NO_ALERT, id);
        }
        if (outcome instanceof Outcome.NotAllowed) {
            throw Refusal.forbidden(AnswerReason.TAKE_OVER);
        }
        return "redirect:/alerts/" + id + "?said=" + outcome.word();
    }
}
