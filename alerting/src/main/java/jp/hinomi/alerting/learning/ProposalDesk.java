package jp.hinomi.alerting.learning;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.alerting.exception.Bound;
import jp.hinomi.alerting.exception.Condition;
import jp.hinomi.alerting.exception.ExceptedRules;
import jp.hinomi.alerting.exception.ExceptionText;
import jp.hinomi.alerting.exception.ExceptionWish;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Proposals for all rules whose alerts were found wasted, each with what it would have done. Thread-safe. */
public final class ProposalDesk {
    /** Stored alerts of a rule that are looked at, the newest. */
    public static final int STORED = 5_000;

    private static final int MOST_RULES = 20;

    /** How long a proposed exception holds. */
    private static final int MONTHS = 3;

    private final JdbcClient jdbc;
    private final RuleBook book;
    private final Learning learning;

    public ProposalDesk(JdbcClient jdbc, RuleBook book, Learning learning) {
        this.jdbc = jdbc;
        this.book = book;
        this.learning = learning;
    }

    /** @param text of a file to copy; absent where the rule's own file is to be changed, or the fields have several names */
    public record Proposed(RuleStanding rule, Proposal proposal, Proposal.Preview preview, Optional<String> text) {
        public Optional<Proposal.Except> except() {
            return proposal instanceof Proposal.Except except ? Optional.of(except) : Optional.empty();
        }

        public Optional<Proposal.Raise> raise() {
            return proposal instanceof Proposal.Raise raise ? Optional.of(raise) : Optional.empty();
        }
    }

    /** Those that spare most first. */
    public List<Proposed> all(ZoneId zone, Instant now) {
        RuleSet rules = book.rules();
        LocalDate until = now.atZone(zone).toLocalDate().plusMonths(MONTHS);
        List<Proposed> proposed = new ArrayList<>();
        learning.all(zone, now).stream()
                .filter(each -> wasted(each) >= Proposals.FEWEST)
                .sorted((one, other) -> Long.compare(wasted(other), wasted(one)))
                .limit(MOST_RULES)
                .forEach(each -> proposed.addAll(of(each, rules, until)));
        proposed.sort((one, other) -> Long.compare(
                other.preview().wasted() + other.preview().unjudged(),
                one.preview().wasted() + one.preview().unjudged()));
        return proposed;
    }

    private static long wasted(RuleStanding standing) {
        Precision precision = standing.figures().precision();
        return precision.judged() - precision.worthwhile();
    }

    private List<Proposed> of(RuleStanding standing, RuleSet rules, LocalDate until) {
        List<JudgedAlert> alerts = alerts(standing.figures().id());
        Optional<Rule> rule = standing.info().map(info -> rules.byName().get(info.name()));
        return Proposals.of(alerts, rule.map(ProposalDesk::bound).orElse(OptionalLong.empty())).stream()
                .map(proposal -> new Proposed(
                        standing,
                        proposal,
                        Proposal.Preview.of(proposal, alerts),
                        rule.flatMap(known -> text(proposal, known, rules, until))))
                .toList();
    }

    private List<JudgedAlert> alerts(String rule) {
        return jdbc.sql("""
                select id, coalesce(verdict, '') as verdict, event_count, group_values from alert
                where rule_id = :rule order by seq desc limit :limit""")
                .param("rule", rule)
                .param("limit", STORED)
                .query((row, number) -> {
                    Map<String, String> group = new LinkedHashMap<>();
                    Columns.tree(row.getString("group_values"))
                            .fields()
                            .forEachRemaining(each ->
                                    group.put(each.getKey(), each.getValue().asText()));
                    return new JudgedAlert(
                            row.getString("id"),
                            Verdict.ofWord(row.getString("verdict"))
                                    .map(Weight::of)
                                    .orElse(Weight.NONE),
                            row.getLong("event_count"),
                            group);
                })
                .list();
    }

    /** Of a rule that fires from a number of events on, that number. */
    static OptionalLong bound(Rule rule) {
        return rule instanceof CorrelationRule counting && counting.type() == CorrelationRule.Type.EVENT_COUNT
                ? Bound.of(counting)
                : OptionalLong.empty();
    }

    private static Optional<String> text(Proposal proposal, Rule rule, RuleSet rules, LocalDate until) {
        if (!(proposal instanceof Proposal.Except except)) {
            return Optional.empty();
        }
        if (!Condition.isExpressible(except.field())
                || except.value().isEmpty()
                || isAlias(rule, except.field(), rules)) {
            return Optional.empty();
        }
        String name = rule.info().name();
        ExceptionWish wish = new ExceptionWish(
                ExceptionText.name("except", name, except.value()),
                name,
                List.of(Condition.of(except.field(), except.value())),
                "",
                Map.of(),
                until);
        return Optional.of(ExceptionText.of(wish, ExceptedRules.of(rule, rules)));
    }

    private static boolean isAlias(Rule rule, String field, RuleSet rules) {
        return rule instanceof CorrelationRule correlation
                && (correlation.aliases().containsKey(field)
                        || correlation.rules().stream()
                                .anyMatch(name -> isAlias(rules.byName().get(name), field, rules)));
    }
}
