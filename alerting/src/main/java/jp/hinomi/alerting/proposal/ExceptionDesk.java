package jp.hinomi.alerting.proposal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.exception.ExceptedRules;
import jp.hinomi.alerting.exception.ExceptionText;
import jp.hinomi.alerting.exception.ExceptionWish;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Exceptions from the page of an alert: chosen, looked at with what they would have hidden, proposed. Thread-safe. */
public final class ExceptionDesk {
    /** For so long an exception may hold before somebody answers for it again. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** Where the exception stands among the rules that it is tried with; no file of a topic is called so. */
    private static final String TRIED = "\u0000proposed";

    private static final int MOST_CHOSEN = 20;

    private final JdbcClient jdbc;
    private final RuleBook book;
    private final PastAlerts past;
    private final ProposedExceptions proposals;
    private final CityInForce city;

    public ExceptionDesk(
            JdbcClient jdbc, RuleBook book, PastAlerts past, ProposedExceptions proposals, CityInForce city) {
        this.jdbc = jdbc;
        this.book = book;
        this.past = past;
        this.proposals = proposals;
        this.city = city;
    }

    private record Of(String rule, String name) {}

    /**
     * @param event id; empty = the newest that has what was chosen, else the newest
     * @param words of {@link Choice}s; those that the event does not have are left out
     * @throws ProposalRefusal if there is no such alert, or event
     */
    public ExceptionDraft draft(String alert, String event, List<String> words) {
        Of of = jdbc.sql("select rule_id, rule_name from alert where id = :id")
                .param("id", alert)
                .query((row, number) -> new Of(row.getString("rule_id"), row.getString("rule_name")))
                .optional()
                .orElseThrow(() -> new ProposalRefusal(ProposalRefusal.Why.UNKNOWN, alert));
        Map<String, PastAlert.Evidence> evidence = past.evidence(alert);
        List<ExceptionDraft.Event> events = new ArrayList<>();
        evidence.forEach((id, each) -> events.add(
                new ExceptionDraft.Event(id, Instant.ofEpochMilli(each.event().timestampMillis()))));
        Set<String> wanted = new LinkedHashSet<>(words);
        Optional<ExceptionDraft.Event> chosen = event.isEmpty()
                ? newest(events, evidence, wanted)
                : Optional.of(events.stream()
                        .filter(each -> each.id().equals(event))
                        .findFirst()
                        .orElseThrow(() -> new ProposalRefusal(ProposalRefusal.Why.NO_EVENT, event)));
        // What was chosen stands first: among dozens of values nobody would see it else.
        List<Choice> choices = chosen
                .map(each -> Choice.of(evidence.get(each.id()).event()))
                .orElse(List.of())
                .stream()
                .sorted(Comparator.comparing(each -> !wanted.contains(each.word())))
                .toList();
        return new ExceptionDraft(
                alert,
                of.rule(),
                of.name(),
                book.find(of.rule()),
                events,
                chosen,
                choices,
                choices.stream()
                        .filter(each -> wanted.contains(each.word()))
                        .limit(MOST_CHOSEN)
                        .toList());
    }

    private static Optional<ExceptionDraft.Event> newest(
            List<ExceptionDraft.Event> events, Map<String, PastAlert.Evidence> evidence, Set<String> wanted) {
        for (int i = events.size() - 1; i >= 0; i--) {
            List<String> has = Choice.of(evidence.get(events.get(i).id()).event()).stream()
                    .map(Choice::word)
                    .toList();
            if (has.containsAll(wanted)) {
                return Optional.of(events.get(i));
            }
        }
        return events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
    }

    /** @param mayAlertMore whether the rule could alert where it did not, since it judges that something is missing */
    public record Look(Preview preview, String text, boolean mayAlertMore) {}

    /** @throws ProposalRefusal if nothing was chosen, or the rules do not take it */
    public Look look(ExceptionDraft draft) {
        // Whoever will answer for it, and until when, hides nothing of the past.
        return look(draft, wish(draft, "tried_exception", "?", Map.of("en", "?"), LocalDate.of(9999, 12, 31)));
    }

    private Look look(ExceptionDraft draft, ExceptionWish wish) {
        Rule rule = draft.rule().orElseThrow(() -> noRule(draft));
        return look(draft.ruleId(), rule, ExceptionText.of(wish, ExceptedRules.of(rule, book.rules())));
    }

    private Look look(String ruleId, Rule before, String text) {
        RuleReader.Result read = book.with(new RuleSource(TRIED, text));
        List<Problem> problems = read.problems().stream()
                .filter(problem -> problem.isError() && problem.file().equals(TRIED))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProposalRefusal(
                    ProposalRefusal.Why.NOT_TAKEN, problems.get(0).message());
        }
        Rule rule = read.rules().byName().get(before.info().name());
        Hindsight hindsight =
                new Hindsight(rule, read.rules(), TRIED, city.get().zone());
        return new Look(Preview.of(ruleId, past, hindsight), text, ExceptedRules.mayAlertMore(rule, read.rules()));
    }

    /** What a proposal would have done, by the rules as they are now; empty if its rule is gone or does not take it. */
    public Optional<Look> look(ProposedException proposal) {
        try {
            return book.find(proposal.ruleId())
                    .map(rule -> look(
                            proposal.ruleId(),
                            rule,
                            proposal.body().replace("name: " + proposal.name(), "name: tried_" + proposal.name())));
        } catch (ProposalRefusal e) {
            return Optional.empty();
        }
    }

    private static ExceptionWish wish(
            ExceptionDraft draft, String name, String owner, Map<String, String> reason, LocalDate until) {
        if (draft.chosen().isEmpty()) {
            throw new ProposalRefusal(ProposalRefusal.Why.NOTHING_CHOSEN);
        }
        return new ExceptionWish(name, draft.ruleName(), Choice.conditions(draft.chosen()), owner, reason, until);
    }

    private static ProposalRefusal noRule(ExceptionDraft draft) {
        return new ProposalRefusal(ProposalRefusal.Why.NO_RULE, draft.ruleName());
    }

    /**
     * @param owner id of a stakeholder
     * @param reason by language; at least one
     * @param seen {@link Preview#mark} of what was looked at
     * @throws ProposalRefusal if something is missing or wrong, or it would hide other alerts than was seen
     */
    public ProposedException propose(
            ExceptionDraft draft,
            String owner,
            Map<String, String> reason,
            LocalDate until,
            String seen,
            String account,
            Instant now) {
        LocalDate today = now.atZone(city.get().zone()).toLocalDate();
        if (!city.get().stakeholders().containsKey(owner)) {
            throw new ProposalRefusal(ProposalRefusal.Why.NO_OWNER);
        }
        if (reason.values().stream().allMatch(String::isBlank)) {
            throw new ProposalRefusal(ProposalRefusal.Why.NO_REASON);
        }
        if (until.isBefore(today) || until.isAfter(today.plusDays(LONGEST.toDays()))) {
            throw new ProposalRefusal(ProposalRefusal.Why.BAD_END, today.plusDays(LONGEST.toDays()));
        }
        Rule rule = draft.rule().orElseThrow(() -> noRule(draft));
        long id = proposals.next();
        String first = draft.chosen().isEmpty() ? "" : draft.chosen().get(0).value();
        ExceptionWish wish =
                wish(draft, ExceptionText.name("exception_" + id, draft.ruleName(), first), owner, reason, until);
        Look look = look(draft, wish);
        if (!look.preview().mark().equals(seen)) {
            throw new ProposalRefusal(ProposalRefusal.Why.NOT_SEEN);
        }
        return proposals.add(
                id,
                draft,
                look.text(),
                wish,
                new ProposedException.Seen(
                        look.preview().hidden().size(), (int) look.preview().worthwhile(), (int)
                                look.preview().looked()),
                account,
                now);
    }
}
