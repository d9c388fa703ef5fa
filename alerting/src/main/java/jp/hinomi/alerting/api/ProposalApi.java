package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.DateTimeException;
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
import jp.hinomi.alerting.proposal.ExceptionDesk;
import jp.hinomi.alerting.proposal.ExceptionDraft;
import jp.hinomi.alerting.proposal.ProposalRefusal;
import jp.hinomi.alerting.proposal.ProposedExceptions;
import jp.hinomi.alerting.security.ApiTokenFilter;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Exceptions that people propose: {@code /api/v1/rules/proposals}.
 *
 * <p>Approving is for people who are logged in: a token of a program is shared, and would be no second person.
 */
@Tag(name = "Rules")
@RestController
@Needs(Permission.SEE_ALERTS)
public class ProposalApi {
    private static final int REASON = 300;
    private static final int NOTE = 500;

    private final ExceptionDesk desk;
    private final ProposedExceptions proposals;
    private final EvidenceLooks looks;
    private final InstantSource clock;

    public ProposalApi(ExceptionDesk desk, ProposedExceptions proposals, EvidenceLooks looks, InstantSource clock) {
        this.desk = desk;
        this.proposals = proposals;
        this.looks = looks;
        this.clock = clock;
    }

    @Operation(summary = "Proposed exceptions: what waits first, then the newest")
    @GetMapping("/api/v1/rules/proposals")
    Page<ProposalAnswers.ProposalState> list(@ParameterObject Paging paging) {
        return Page.cut(proposals::newest, paging, ProposalAnswers.ProposalState::of);
    }

    @Operation(summary = "A proposed exception with its text")
    @GetMapping("/api/v1/rules/proposals/{id}")
    ProposalAnswers.ProposalState one(@PathVariable long id) {
        return ProposalAnswers.ProposalState.of(proposals.get(id));
    }

    /**
     * @param event id of an event of the alert's evidence; empty = the newest that has the values
     * @param value as {@code :source.ip}; of a field with several values {@code N:FIELD}, from 0 on
     */
    @Operation(summary = "What an exception with some values of an alert's evidence would have hidden")
    @GetMapping("/api/v1/alerts/{alert}/exception-preview")
    ProposalAnswers.ExceptionPreview preview(
            @PathVariable String alert,
            @RequestParam(defaultValue = "") String event,
            @RequestParam(required = false) List<String> value,
            Principal principal) {
        looks.seen("account:" + principal.getName(), "alert:" + alert, "api");
        return ProposalAnswers.ExceptionPreview.of(desk.look(draft(alert, event, value)));
    }

    private ExceptionDraft draft(String alert, String event, List<String> values) {
        List<String> wanted =
                values == null ? List.of() : values.stream().distinct().toList();
        ExceptionDraft draft = desk.draft(alert, event == null ? "" : event, wanted);
        if (draft.chosen().size() != wanted.size()) {
            throw new ProposalRefusal(ProposalRefusal.Why.NO_VALUE);
        }
        return draft;
    }

    /** @param seen the preview's {@code mark} */
    public record NewException(
            String alert,
            String event,

            @Schema(description = "As of the preview.") List<String> values,

            @Schema(description = "Id of the stakeholder that answers for it.")
            String owner,

            TwoLanguages reason,

            @Schema(description = "The last day, as 2026-12-31.")
            String expires,

            @Schema(description = "The `mark` of the preview that was looked at.")
            String seen) {}

    @Operation(summary = "Propose an exception from the rule of an alert")
    @Needs(Permission.PROPOSE_RULES)
    @PostMapping("/api/v1/rules/proposals")
    ProposalAnswers.ProposalState propose(@RequestBody NewException wish, Principal principal) {
        return ProposalAnswers.ProposalState.of(desk.propose(
                draft(wish.alert() == null ? "" : wish.alert(), wish.event(), wish.values()),
                wish.owner() == null ? "" : wish.owner(),
                reason(wish.reason()),
                day(wish.expires()),
                wish.seen() == null ? "" : wish.seen(),
                principal.getName(),
                clock.instant()));
    }

    private static Map<String, String> reason(TwoLanguages given) {
        Map<String, String> reason = new LinkedHashMap<>();
        if (given != null) {
            put(reason, "ja", given.ja());
            put(reason, "en", given.en());
        }
        return reason;
    }

    private static void put(Map<String, String> reason, String language, String text) {
        if (text != null && !text.isBlank()) {
            reason.put(language, cut(text, REASON));
        }
    }

    private static String cut(String text, int most) {
        String kept = text.strip();
        return kept.length() > most ? kept.substring(0, most) : kept;
    }

    /** Without one that can be read, a day that is refused with words. */
    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(String.valueOf(text));
        } catch (DateTimeException e) {
            return LocalDate.EPOCH;
        }
    }

    /** @param sha256 of the text that was looked at */
    public record ProposalApproval(String sha256, String note) {}

    @Operation(summary = "Approve a proposal; for people who are logged in, never for tokens")
    @Needs(Permission.CHANGE_RULES)
    @PostMapping("/api/v1/rules/proposals/{id}/approve")
    ProposalAnswers.ProposalState approve(
            @PathVariable long id,
            @RequestBody ProposalApproval approval,
            Principal principal,
            HttpServletRequest request) {
        if (ApiTokenFilter.carriesToken(request)) {
            throw new ProposalRefusal(ProposalRefusal.Why.NO_PERSON);
        }
        return ProposalAnswers.ProposalState.of(proposals.approve(
                id, String.valueOf(approval.sha256()), note(approval.note()), principal.getName(), clock.instant()));
    }

    public record ProposalNote(String note) {}

    @Operation(summary = "Refuse a proposal")
    @Needs(Permission.CHANGE_RULES)
    @PostMapping("/api/v1/rules/proposals/{id}/refuse")
    ProposalAnswers.ProposalState refuse(@PathVariable long id, @RequestBody ProposalNote why, Principal principal) {
        return ProposalAnswers.ProposalState.of(
                proposals.refuse(id, note(why.note()), principal.getName(), clock.instant()));
    }

    @Operation(summary = "Withdraw a proposal of one's own")
    @Needs(Permission.PROPOSE_RULES)
    @PostMapping("/api/v1/rules/proposals/{id}/withdraw")
    ProposalAnswers.ProposalState withdraw(@PathVariable long id, @RequestBody ProposalNote why, Principal principal) {
        return ProposalAnswers.ProposalState.of(
                proposals.withdraw(id, note(why.note()), principal.getName(), clock.instant()));
    }

    private static String note(String text) {
        return text == null ? "" : cut(text, NOTE);
    }

    /** @param publication label of the publication that brought it; absent if only its file was written */
    public record ProposalAcceptance(String sha256, String publication) {}

    @Operation(summary = "Say that an approved proposal was put among the rules, as hinomi rules accept does")
    @Needs(Permission.CHANGE_RULES)
    @PostMapping("/api/v1/rules/proposals/{id}/accepted")
    ProposalAnswers.ProposalState accepted(
            @PathVariable long id, @RequestBody ProposalAcceptance acceptance, Principal principal) {
        return ProposalAnswers.ProposalState.of(proposals.accept(
                id,
                String.valueOf(acceptance.sha256()),
                Optional.ofNullable(acceptance.publication())
                        .map(text -> cut(text, NOTE))
                        .orElse(""),
                principal.getName(),
                clock.instant()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ProposalRefusal e, Locale locale) {
        HttpStatus status = switch (e.why()) {
            case UNKNOWN, NO_EVENT -> HttpStatus.NOT_FOUND;
            case OWN, NOT_YOURS, NO_PERSON -> HttpStatus.FORBIDDEN;
            case NOTHING_CHOSEN, NO_VALUE, BAD_END, NO_OWNER, NO_REASON -> HttpStatus.BAD_REQUEST;
            case NO_RULE, NOT_TAKEN, NOT_SEEN, DECIDED, NOT_APPROVED -> HttpStatus.CONFLICT;
        };
        return ApiProblems.answer(status, e, locale);
    }
}
