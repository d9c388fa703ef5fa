package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.PatternAndExpr;
import com.espertech.esper.common.client.soda.PatternEveryDistinctExpr;
import com.espertech.esper.common.client.soda.PatternEveryExpr;
import com.espertech.esper.common.client.soda.PatternExpr;
import com.espertech.esper.common.client.soda.PatternFilterExpr;
import com.espertech.esper.common.client.soda.PatternFollowedByExpr;
import com.espertech.esper.common.client.soda.PatternGuardExpr;
import com.espertech.esper.common.client.soda.PatternMatchUntilExpr;
import com.espertech.esper.common.client.soda.PatternNotExpr;
import com.espertech.esper.common.client.soda.PatternObserverExpr;
import com.espertech.esper.common.client.soda.PatternOrExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/**
 * Patterns {@code every a=rule -> …}: each event of the first rule begins a search of its own, and everything after it ends
 * within a known time. What is open then depends on the last T only, so feeding it again rebuilds it. A search has no
 * {@code every} of its own, so one event never keeps more than one.
 */
final class PatternCheck {
    private static final long FOR_EVER = Long.MAX_VALUE;

    /** Events of one repetition. */
    private static final int MOST_REPEATED = 100;

    private final Inspection inspection;
    private final StreamCheck streams;
    private final Scope scope;
    private boolean timers;
    private String first = "";
    private Location lastPlace;

    PatternCheck(Inspection inspection, StreamCheck streams, Scope scope) {
        this.inspection = inspection;
        this.streams = streams;
        this.scope = scope;
    }

    /** True if it may fire when time passes, and not only at an event. */
    boolean hasTimers() {
        return timers;
    }

    /** The tag of the first event; empty if it has none. */
    String firstTag() {
        return first;
    }

    void check(PatternExpr pattern) {
        PatternExpr start = pattern;
        List<PatternExpr> rest = List.of();
        if (pattern.getClass() == PatternFollowedByExpr.class) {
            PatternFollowedByExpr followed = (PatternFollowedByExpr) pattern;
            unlimited(followed);
            start = followed.getChildren().get(0);
            rest = followed.getChildren().subList(1, followed.getChildren().size());
        }
        if (start.getClass() != PatternEveryExpr.class
                || start.getChildren().get(0).getClass() != PatternFilterExpr.class) {
            start(start);
            return;
        }
        PatternFilterExpr anchor = (PatternFilterExpr) start.getChildren().get(0);
        inspection.places().next("every");
        first = anchor.getTagName() == null ? "" : Scope.bare(anchor.getTagName());
        filter(anchor);
        if (first.isEmpty()) {
            inspection.refuse(
                    ProblemCode.EPL_NO_ALERT,
                    lastPlace,
                    "the first event of the pattern has no tag, so no alert could show it",
                    "write every a=" + anchor.getFilter().getEventTypeName());
        }
        long total = 0;
        Location at = inspection.places().start();
        for (PatternExpr part : rest) {
            long length = length(part);
            if (length == FOR_EVER) {
                inspection.refuse(
                        ProblemCode.EPL_PATTERN_UNBOUNDED,
                        lastPlace,
                        "what follows '" + name(anchor) + "' may wait for ever",
                        "put brackets around it and say how long: -> (b=" + firstRule()
                                + " where timer:within(10 min))");
                return;
            }
            total += length;
        }
        inspection.within(total, at, "the pattern");
    }

    private String firstRule() {
        return inspection.streams().keySet().iterator().next();
    }

    private static String name(PatternFilterExpr filter) {
        return filter.getTagName() == null
                ? filter.getFilter().getEventTypeName()
                : filter.getTagName() + "=" + filter.getFilter().getEventTypeName();
    }

    private void start(PatternExpr start) {
        boolean every = start.getClass() == PatternEveryExpr.class;
        boolean distinct = start.getClass() == PatternEveryDistinctExpr.class;
        inspection.refuse(
                ProblemCode.EPL_PATTERN_START,
                every
                        ? inspection.places().next("every")
                        : distinct
                                ? inspection.places().next("every")
                                : inspection.places().next("pattern"),
                every
                        ? "'every' stands before more than one event, so where a search begins depends on all that came before"
                        : distinct
                                ? "'every-distinct' remembers what came before the last timespan"
                                : "without 'every' the pattern is found once and never again",
                "begin with every and one event: every a=" + firstRule() + " -> (…)");
    }

    private void unlimited(PatternFollowedByExpr followed) {
        if (followed.getOptionalMaxPerSubexpression() != null
                && followed.getOptionalMaxPerSubexpression().stream().anyMatch(java.util.Objects::nonNull)) {
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    inspection.places().next("pattern"),
                    "'-[n]>' forgets searches depending on all that came before",
                    "write -> alone: the engine bounds each group itself");
        }
    }

    /** How long the part may last at most, in milliseconds; reports what is not allowed. */
    private long length(PatternExpr part) {
        Class<?> kind = part.getClass();
        if (kind == PatternFilterExpr.class) {
            filter((PatternFilterExpr) part);
            return FOR_EVER;
        }
        if (kind == PatternGuardExpr.class) {
            return guard((PatternGuardExpr) part);
        }
        if (kind == PatternObserverExpr.class) {
            return observer((PatternObserverExpr) part);
        }
        if (kind == PatternFollowedByExpr.class) {
            unlimited((PatternFollowedByExpr) part);
            return sum(part);
        }
        if (kind == PatternAndExpr.class || kind == PatternOrExpr.class) {
            return together(part);
        }
        if (kind == PatternMatchUntilExpr.class) {
            repeat((PatternMatchUntilExpr) part);
            return FOR_EVER;
        }
        refuse(kind);
        return 0;
    }

    private void refuse(Class<?> kind) {
        if (kind == PatternEveryExpr.class || kind == PatternEveryDistinctExpr.class) {
            String word = kind == PatternEveryExpr.class ? "every" : "every-distinct";
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    "every",
                    "'" + word + "' after '->' multiplies what one event keeps open",
                    "keep 'every' for the first event only");
        } else if (kind == PatternNotExpr.class) {
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    "not",
                    "'not' alone is true at once",
                    "say until when: (timer:interval(5 min) and not b=" + firstRule() + ")");
        } else {
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    inspection.places().next("pattern"),
                    "a part of the kind " + kind.getSimpleName() + " is not on the list",
                    "use ->, and, or, not, [n], timer:interval and timer:within");
        }
    }

    private long sum(PatternExpr part) {
        long sum = 0;
        for (PatternExpr child : part.getChildren()) {
            long length = length(child);
            sum = sum == FOR_EVER || length == FOR_EVER ? FOR_EVER : sum + length;
        }
        return sum;
    }

    /** {@code and}, {@code or}: as long as the longest; {@code not} ends nothing, so something beside it has to. */
    private long together(PatternExpr part) {
        long longest = 0;
        boolean something = false;
        Set<String> rules = new HashSet<>();
        boolean and = part.getClass() == PatternAndExpr.class;
        for (PatternExpr child : part.getChildren()) {
            List<String> mine = new ArrayList<>();
            rules(child, mine);
            for (String rule : new HashSet<>(mine)) {
                if (!rules.add(rule)) {
                    inspection.refuse(
                            ProblemCode.EPL_PATTERN,
                            inspection.places().next(rule),
                            "'" + rule + "' stands on both sides of '" + (and ? "and" : "or")
                                    + "', and which side sees an event first is not defined",
                            "make two rules of it");
                }
            }
            if (and && child.getClass() == PatternNotExpr.class) {
                PatternExpr denied = child.getChildren().get(0);
                inspection.places().next("not");
                if (denied.getClass() == PatternFilterExpr.class) {
                    filter((PatternFilterExpr) denied);
                } else {
                    inspection.refuse(
                            ProblemCode.EPL_PATTERN,
                            inspection.places().start(),
                            "'not' takes one event",
                            "write: and not b=" + firstRule());
                }
            } else {
                something = true;
                longest = Math.max(longest, length(child));
            }
        }
        if (!something) {
            refuse(PatternNotExpr.class);
        }
        return longest;
    }

    private static void rules(PatternExpr part, List<String> found) {
        if (part instanceof PatternFilterExpr filter) {
            found.add(Scope.bare(filter.getFilter().getEventTypeName()));
        }
        part.getChildren().forEach(child -> rules(child, found));
    }

    private void filter(PatternFilterExpr filter) {
        String type = filter.getFilter().getEventTypeName();
        lastPlace = inspection.places().next(type);
        EplStream stream = inspection.streams().get(Scope.bare(type));
        if (stream == null) {
            inspection.refuse(
                    ProblemCode.EPL_STREAM,
                    lastPlace,
                    "'" + type + "' is not one of the listed rules",
                    jp.hinomi.events.document.Suggestion.remedy(
                            Scope.bare(type), inspection.streams().keySet()));
            return;
        }
        if (filter.getOptionalConsumptionLevel() != null) {
            inspection.refuse(ProblemCode.EPL_ANNOTATION, lastPlace, "'@consume' is not allowed", "remove it");
        }
        Scope inner = new Scope(scope);
        inner.only(stream);
        if (filter.getTagName() != null) {
            inspection.alias(filter.getTagName());
            scope.name(filter.getTagName(), stream);
        }
        streams.filter(filter.getFilter(), inner);
    }

    private long guard(PatternGuardExpr guard) {
        if (!"timer".equals(guard.getNamespace()) || !"within".equals(guard.getName())) {
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    inspection.places().next(String.valueOf(guard.getName())),
                    "'where " + (guard.getNamespace() == null ? "" : guard.getNamespace() + ":") + guard.getName()
                            + "' is not allowed",
                    "use where timer:within(10 min)");
            return 0;
        }
        guard.getGuarded().forEach(this::length);
        Location at = inspection.places().next("within");
        return span(Spans.millis(guard.getParameters()), at, "timer:within");
    }

    private long observer(PatternObserverExpr observer) {
        if (!"timer".equals(observer.getNamespace()) || !"interval".equals(observer.getName())) {
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    inspection.places().next(String.valueOf(observer.getName())),
                    "'" + observer.getNamespace() + ":" + observer.getName()
                            + "' is not allowed: it depends on the calendar and not on what happened",
                    "use timer:interval(5 min) after an event");
            return 0;
        }
        timers = true;
        return span(Spans.millis(observer.getParameters()), inspection.places().next("interval"), "timer:interval");
    }

    private long span(OptionalLong millis, Location at, String what) {
        if (millis.isEmpty()) {
            inspection.refuse(
                    ProblemCode.EPL_DURATION,
                    at,
                    "'" + what + "' needs one constant length of time, of whole milliseconds",
                    "write " + what + "(10 min)");
            return 0;
        }
        inspection.within(millis.getAsLong(), at, "'" + what + "'");
        return Math.min(millis.getAsLong(), inspection.timespan());
    }

    private void repeat(PatternMatchUntilExpr repeat) {
        boolean fixed = Constants.isWhole(repeat.getSingle(), 1, MOST_REPEATED);
        boolean range = repeat.getSingle() == null
                && (repeat.getLow() == null || Constants.isWhole(repeat.getLow(), 0, MOST_REPEATED))
                && Constants.isWhole(repeat.getHigh(), 1, MOST_REPEATED);
        PatternExpr repeated = repeat.getChildren().get(0);
        if (!fixed && !range) {
            inspection.refuse(
                    ProblemCode.EPL_REPEAT,
                    inspection.places().next("pattern"),
                    "a repetition needs a constant upper bound of at most " + MOST_REPEATED,
                    "write [5] b=" + firstRule() + ", or [1:5] b=" + firstRule() + " until c=…");
        }
        if (repeated.getClass() != PatternFilterExpr.class) {
            inspection.refuse(
                    ProblemCode.EPL_REPEAT,
                    inspection.places().next("pattern"),
                    "a repetition repeats one event",
                    "write ([5] b=" + firstRule() + ") where timer:within(10 min)");
        }
        List<String> rules = new ArrayList<>();
        rules(repeat, rules);
        if (new HashSet<>(rules).size() < rules.size()) {
            inspection.refuse(
                    ProblemCode.EPL_PATTERN,
                    inspection.places().next(rules.get(0)),
                    "'" + rules.get(0) + "' stands on both sides of 'until'",
                    "repeat until an event of another rule");
        }
        repeat.getChildren().forEach(this::length);
    }
}
