package jp.hinomi.rules.lint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.Rule;

/** Correlations: groups, what a group remembers, and values that matches do not have. */
final class CorrelationCheck implements Check {
    /** Fields that differ from event to event, or that whoever sends requests can make up without end. */
    private static final Set<String> UNBOUNDED = Set.of(
            SecurityEvent.ID,
            SecurityEvent.TIMESTAMP,
            "event.original",
            "event.created",
            "event.start",
            "event.end",
            "event.sequence",
            "message",
            "url.full",
            "url.original",
            "url.query",
            "http.request.id",
            "http.request.referrer",
            "process.command_line",
            "process.pid",
            "process.entity_id",
            "source.port",
            "client.port",
            "trace.id",
            "transaction.id",
            "dns.question.name",
            "dns.id");

    private static final Duration LONG = Duration.ofDays(7);
    private static final Duration LONGEST_SILENCE = Duration.ofDays(7);

    /** What {@code rules explain} calls the most that a group keeps. */
    private static final double MOST_MATCHES = 10_000;

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        document.rule().ifPresent(rule -> {
            suppress(document, rule, findings);
            alerts(document, rule, surroundings, findings);
        });
        document.correlation().ifPresent(rule -> {
            Node.Mapping section = document.section("correlation").orElseThrow();
            groups(document, section, rule, findings);
            time(section, rule, findings);
            state(section, rule, findings);
            trivial(section, rule, findings);
            values(section, rule, surroundings, findings);
        });
    }

    private static void suppress(LintedDocument document, Rule rule, Findings findings) {
        rule.info()
                .suppress()
                .filter(length -> length.compareTo(LONGEST_SILENCE) > 0)
                .ifPresent(length -> findings.add(
                        ProblemCode.LONG_SUPPRESS,
                        document.at("suppress"),
                        "more of the same only extends the open alert for " + length.toDays() + " days",
                        "use at most " + LONGEST_SILENCE.toDays()
                                + "d: the next attack should be an alert of its own"));
    }

    private static void alerts(LintedDocument document, Rule rule, Surroundings surroundings, Findings findings) {
        if (document.written().has("always_alert")
                && rule.info().generate()
                // With first steps it is meant to alert, whatever correlations a city adds.
                && rule.info().response().isEmpty()
                && !surroundings.referenced().contains(rule.info().name())) {
            findings.add(
                    ProblemCode.USELESS_ALWAYS_ALERT,
                    document.at("always_alert"),
                    "no correlation uses this rule, so it alerts anyway",
                    "remove 'always_alert'");
        }
    }

    private static void groups(LintedDocument document, Node.Mapping section, CorrelationRule rule, Findings findings) {
        if (rule.groupBy().isEmpty() && rule.type() != Type.EPL) {
            findings.add(
                    ProblemCode.ONE_GROUP,
                    document.written().keyAt("correlation"),
                    "without 'group-by', the matches of the whole city are one group",
                    "group by whom or what it is about, such as source.ip or host.name; if the city is meant, say so with"
                            + " a hinomi:ignore");
        }
        for (Node.Scalar field : FieldCheck.scalars(section.get("group-by"))) {
            List<String> means = rule.aliases().containsKey(field.text())
                    ? List.copyOf(rule.aliases().get(field.text()).values())
                    : List.of(field.text());
            means.stream()
                    .filter(UNBOUNDED::contains)
                    .findFirst()
                    .ifPresent(name -> findings.add(
                            ProblemCode.UNBOUNDED_GROUP,
                            field.at(),
                            "nearly every event has another '" + name + "', so groups never fill and never end",
                            "group by something that several events share, such as source.ip, user.name or url.path"));
        }
    }

    private static void time(Node.Mapping section, CorrelationRule rule, Findings findings) {
        // What was once seen is one entry each, however long it is remembered; a rate is one number for each interval.
        boolean light = rule.type() == Type.NEW_VALUE || rule.type() == Type.RATE_CHANGE;
        if (!light && rule.timespan().compareTo(LONG) > 0) {
            findings.add(
                    ProblemCode.LONG_TIMESPAN,
                    place(section, "timespan"),
                    "matches are kept for " + rule.timespan().toDays() + " days, and a new rule is blind for as long",
                    "use at most " + LONG.toDays() + "d, or type new_value if it is about what was not there before");
        }
    }

    private static void state(Node.Mapping section, CorrelationRule rule, Findings findings) {
        boolean counts = rule.type() == Type.EVENT_COUNT || rule.type() == Type.VALUE_COUNT;
        double most = rule.condition().stream()
                .flatMap(condition -> condition.criteria().stream())
                .mapToDouble(Criterion::value)
                .max()
                .orElse(0);
        if (counts && most > MOST_MATCHES) {
            findings.add(
                    ProblemCode.LARGE_STATE,
                    place(section, "condition"),
                    "each group remembers up to " + (long) most + " matches",
                    "count in a shorter timespan, or use rate_change, which keeps numbers only; 'hinomi rules explain' shows"
                            + " the bound");
        }
    }

    /** A count of one with a group is no mistake: it makes one alert of all that a group does within the timespan. */
    private static void trivial(Node.Mapping section, CorrelationRule rule, Findings findings) {
        boolean counts = rule.type() == Type.EVENT_COUNT || rule.type() == Type.VALUE_COUNT;
        boolean temporal = rule.type() == Type.TEMPORAL || rule.type() == Type.TEMPORAL_ORDERED;
        boolean atOne = rule.condition().isPresent()
                && rule.condition().get().criteria().stream().allMatch(CorrelationCheck::holdsAtOne);
        if (counts && atOne && rule.groupBy().isEmpty()
                || temporal && rule.rules().size() == 1) {
            findings.add(
                    ProblemCode.TRIVIAL_CORRELATION,
                    place(section, counts ? "condition" : "rules"),
                    "one match is enough, so it fires at each",
                    "raise the number, list more rules, or let the detection alert by itself with a 'suppress'");
        }
    }

    private static boolean holdsAtOne(Criterion criterion) {
        return (criterion.operator() == Operator.GTE || criterion.operator() == Operator.GT) && criterion.holds(1);
    }

    /** Matches of a correlation have its group and nothing else; asked for more, the outer one never fires. */
    private static void values(
            Node.Mapping section, CorrelationRule rule, Surroundings surroundings, Findings findings) {
        for (String name : rule.rules()) {
            if (!(surroundings.rules().byName().get(name) instanceof CorrelationRule inner)) {
                continue;
            }
            List<Node.Scalar> asked = new ArrayList<>(FieldCheck.scalars(section.get("group-by")));
            if (section.get("condition") instanceof Node.Mapping condition) {
                asked.addAll(FieldCheck.scalars(condition.get("field")));
            }
            for (Node.Scalar each : asked) {
                String field =
                        rule.aliases().getOrDefault(each.text(), Map.of()).getOrDefault(name, each.text());
                if (!inner.groupBy().contains(field) && !field.equals(SecurityEvent.ID)) {
                    findings.add(
                            ProblemCode.NO_SUCH_VALUE,
                            each.at(),
                            "alerts of the correlation '" + name + "' have no '" + field + "', so they never take part",
                            inner.groupBy().isEmpty()
                                    ? "give '" + name + "' a 'group-by' with it"
                                    : "use one of its groups (" + String.join(", ", inner.groupBy())
                                            + "), or add the field to them");
                }
            }
        }
    }

    private static Location place(Node.Mapping section, String key) {
        return section.has(key) ? section.get(key).at() : section.at();
    }
}
