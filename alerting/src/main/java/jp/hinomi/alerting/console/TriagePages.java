package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.triage.BulkActions;
import jp.hinomi.alerting.triage.Result;
import jp.hinomi.alerting.triage.SavedViews;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.alerting.triage.TriageReason;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** What analysts do with one alert or with many, and the views that they keep. */
@Controller
@Needs(Permission.JUDGE_ALERTS)
public class TriagePages {
    private static final int NOTE_LIMIT = 2000;
    private static final int NAME_LIMIT = 60;
    private static final int QUERY_LIMIT = 2000;
    private static final int LISTED = 20;

    /** More ids than a page of rows are never chosen by hand; all of a list is chosen by its query. */
    private static final int MOST_IDS = 500;

    private final Triage triage;
    private final BulkActions bulk;
    private final SavedViews views;
    private final Incidents incidents;
    private final InstantSource clock;

    public TriagePages(Triage triage, BulkActions bulk, SavedViews views, Incidents incidents, InstantSource clock) {
        this.triage = triage;
        this.bulk = bulk;
        this.views = views;
        this.incidents = incidents;
        this.clock = clock;
    }

    private static AlertFilter filter(String query) {
        String kept = query.length() > QUERY_LIMIT ? "" : query;
        return AlertFilter.of(UriComponentsBuilder.fromPath("/")
                .query(kept.startsWith("?") ? kept.substring(1) : kept)
                .encode()
                .build()
                .getQueryParams()
                .entrySet()
                .stream()
                .collect(java.util.stream.Collectors.toMap(
                        java.util.Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(TriagePages::decoded)
                                .toList())));
    }

    private static String decoded(String value) {
        if (value == null) {
            return "";
        }
        try {
            return java.net.URLDecoder.decode(value, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static String note(String note) {
        return note.length() > NOTE_LIMIT ? note.substring(0, NOTE_LIMIT) : note;
    }

    private static Step step(String kind, String argument, Principal principal) {
        String meant = kind.equals("assign") && argument.equals(AlertFilter.ME) ? principal.getName() : argument;
        return Step.of(kind, meant)
                .orElseThrow(() -> kind.equals("judge")
                        ? Refusal.bad(TriageReason.NO_VERDICT, argument)
                        : Refusal.bad(TriageReason.NO_STEP));
    }

    /** @param all whether every alert of the list is meant, and not only those marked */
    private static BulkActions.Chosen chosen(boolean all, String query, long upTo, List<String> id, String me) {
        if (!all) {
            return BulkActions.Chosen.ids(
                    id == null ? List.of() : id.stream().limit(MOST_IDS).toList());
        }
        AlertFilter filter = filter(query);
        return new BulkActions.Chosen(
                filter.query(), upTo, (sql, parameters) -> AlertConditions.add(filter, me, sql, parameters));
    }

    /** Says exactly how many alerts a step would change, before it is confirmed. */
    @PostMapping("/alerts/actions/preview")
    String preview(
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String argument,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "9223372036854775807") long upTo,
            @RequestParam(required = false) List<String> id,
            @RequestParam(defaultValue = "") String note,
            @RequestHeader(value = "HX-Request", required = false) String part,
            Principal principal,
            Model model) {
        String given = kind.equals("judge") && argument.isEmpty() ? Verdict.FALSE_POSITIVE.word() : argument;
        Step step = step(kind, given, principal);
        BulkActions.Chosen chosen = chosen(all, query, upTo, id, principal.getName());
        model.addAttribute("preview", bulk.preview(step, chosen));
        model.addAttribute("kind", kind);
        model.addAttribute("argument", given);
        model.addAttribute("all", all);
        model.addAttribute("query", query);
        model.addAttribute("upTo", upTo);
        model.addAttribute("ids", id == null ? List.of() : id);
        model.addAttribute("note", note(note));
        model.addAttribute("verdicts", Verdict.values());
        model.addAttribute("accounts", triage.accounts());
        model.addAttribute("incidents", incidents.list(true, Long.MAX_VALUE, LISTED));
        return part == null ? "action" : "action :: preview";
    }

    /** Plans it, if the alerts are still as many as the preview said; else asks again. */
    @PostMapping("/alerts/actions")
    String plan(
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String argument,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "9223372036854775807") long upTo,
            @RequestParam(required = false) List<String> id,
            @RequestParam(defaultValue = "-1") int expected,
            @RequestHeader(value = "HX-Request", required = false) String part,
            Principal principal,
            Model model) {
        Step step = step(kind, argument, principal);
        BulkActions.Chosen chosen = chosen(all, query, upTo, id, principal.getName());
        int count = expected >= 0 ? expected : bulk.preview(step, chosen).concerned();
        if (count == 0) {
            model.addAttribute("nothing", true);
            return part == null ? "action" : "action :: nothing";
        }
        Optional<BulkActions.Action> planned =
                bulk.plan(step, note(note), chosen, count, principal.getName(), clock.instant());
        if (planned.isEmpty()) {
            model.addAttribute("changed", true);
            return preview(kind, argument, all, query, upTo, id, note, part, principal, model);
        }
        if (part == null) {
            return "redirect:/alerts/actions/" + planned.get().id();
        }
        return shown(planned.get(), part, model);
    }

    @Needs(Permission.SEE_ALERTS)
    @GetMapping("/alerts/actions/{id}")
    String action(
            @PathVariable long id, @RequestHeader(value = "HX-Request", required = false) String part, Model model) {
        return shown(find(id), part, model);
    }

    private BulkActions.Action find(long id) {
        return bulk.find(id).orElseThrow(() -> Refusal.unknown(TriageReason.NO_ACTION, id));
    }

    private String shown(BulkActions.Action action, String part, Model model) {
        model.addAttribute("action", action);
        model.addAttribute("changed", bulk.alerts(action.id(), Result.CHANGED.word(), LISTED));
        model.addAttribute("failed", bulk.alerts(action.id(), "failed", LISTED));
        return part == null ? "action" : "action :: toast";
    }

    @PostMapping("/alerts/actions/{id}/undo")
    String undo(
            @PathVariable long id,
            @RequestHeader(value = "HX-Request", required = false) String part,
            Principal principal,
            Model model,
            RedirectAttributes next) {
        BulkActions.Action action = find(id);
        boolean tooLate = !bulk.undo(action.id(), principal.getName(), clock.instant());
        if (part == null) {
            next.addFlashAttribute("tooLate", tooLate);
            return "redirect:/alerts/actions/" + id;
        }
        model.addAttribute("tooLate", tooLate);
        return shown(find(id), part, model);
    }

    /**
     * A step with one alert, at once.
     *
     * @param seen the count of steps that the page showed
     */
    @PostMapping("/alerts/{alert}/triage")
    String one(
            @PathVariable String alert,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String argument,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(required = false) Integer seen,
            @RequestHeader(value = "HX-Request", required = false) String part,
            Principal principal,
            Model model) {
        Instant now = clock.instant();
        Result result = triage.take(
                alert,
                step(kind, argument, principal),
                note(note),
                seen == null ? OptionalInt.empty() : OptionalInt.of(seen),
                principal.getName(),
                now);
        if (result == Result.UNKNOWN) {
            throw Refusal.unknown(TriageReason.NO_ALERT, alert);
        }
        if (part != null) {
            model.addAttribute("result", result.word());
            model.addAttribute("kind", kind);
            return "action :: result";
        }
        String back = UriComponentsBuilder.fromPath("/alerts/{alert}")
                .queryParam("said", result == Result.DONE ? "kept-" + kind : result.word())
                .encode()
                .buildAndExpand(alert)
                .toUriString();
        // What was written is not lost when somebody else was quicker: it stands in the form again.
        return "redirect:" + back
                + (result == Result.CHANGED && !note.isBlank()
                        ? "&note=" + java.net.URLEncoder.encode(note(note), java.nio.charset.StandardCharsets.UTF_8)
                        : "");
    }

    @Needs(Permission.OWN_ACCOUNT)
    @PostMapping("/views")
    String save(@RequestParam String name, @RequestParam(defaultValue = "") String query, Principal principal) {
        String kept = name.strip();
        if (kept.isEmpty() || kept.length() > NAME_LIMIT) {
            throw Refusal.bad(TriageReason.VIEW_NAME, NAME_LIMIT);
        }
        AlertFilter filter = filter(query);
        views.save(principal.getName(), kept, filter.query(), clock.instant());
        return "redirect:/alerts" + escaped(filter.query());
    }

    @Needs(Permission.OWN_ACCOUNT)
    @PostMapping("/views/{id}/drop")
    String drop(@PathVariable long id, @RequestParam(defaultValue = "") String query, Principal principal) {
        views.drop(principal.getName(), id);
        return "redirect:/alerts" + escaped(filter(query).query());
    }

    /** Braces in an address of a redirect would be taken for names of variables. */
    private static String escaped(String query) {
        return query.replace("{", "%7B").replace("}", "%7D");
    }
}
