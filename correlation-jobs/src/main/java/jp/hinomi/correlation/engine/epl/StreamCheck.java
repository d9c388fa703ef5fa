package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.Filter;
import com.espertech.esper.common.client.soda.FilterStream;
import com.espertech.esper.common.client.soda.ProjectedStream;
import com.espertech.esper.common.client.soda.View;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.ProblemCode;

/**
 * The rules that a statement reads, and their windows. A window may be rebuilt by feeding the last T again if time alone
 * decides what leaves it, or something newer does: {@code #time}, and with it {@code #length} and {@code #unique}.
 */
final class StreamCheck {
    private static final Set<String> WITH_TIME = Set.of("length", "unique");

    /** Events of {@code #length}. */
    private static final int LONGEST_LENGTH = 10_000;

    private final Inspection inspection;
    private final ExpressionCheck expressions;

    StreamCheck(Inspection inspection, ExpressionCheck expressions) {
        this.inspection = inspection;
        this.expressions = expressions;
    }

    /** A listed rule, and its filter. */
    void rule(FilterStream stream, Scope scope) {
        inspection.stream(stream.getFilter().getEventTypeName());
        filter(stream.getFilter(), scope);
    }

    /** What is in the brackets after a rule's name. */
    void filter(Filter filter, Scope scope) {
        if (filter.getOptionalPropertySelects() != null
                && !filter.getOptionalPropertySelects().isEmpty()) {
            inspection.refuse(
                    ProblemCode.EPL_STREAM,
                    filter.getEventTypeName(),
                    "an event holds no events",
                    "remove the select in square brackets");
        }
        expressions.check(filter.getFilter(), ExpressionCheck.Where.FILTER, scope);
    }

    /** A listed rule that must have a window. */
    void windowed(FilterStream stream, Scope scope, String who) {
        rule(stream, scope);
        if (!windows(stream, scope)) {
            inspection.refuse(
                    ProblemCode.EPL_NO_WINDOW,
                    stream.getFilter().getEventTypeName(),
                    who + " needs a window over '" + stream.getFilter().getEventTypeName()
                            + "', else it would keep its events for ever",
                    "write " + stream.getFilter().getEventTypeName() + "#time(10 min)");
        }
    }

    /** Checks the windows of the stream. @return whether it has one */
    boolean windows(ProjectedStream stream, Scope scope) {
        if (stream.isRetainUnion() || stream.isRetainIntersection()) {
            inspection.refuse(
                    ProblemCode.EPL_WINDOW,
                    stream.isRetainUnion() ? "retain" : "retain-intersection",
                    "windows are always intersected here",
                    "remove the retain clause");
        }
        List<View> views = stream.getViews() == null ? List.of() : stream.getViews();
        Set<String> seen = new HashSet<>();
        boolean time = false;
        for (View view : views) {
            String name = view.getName() == null ? "" : view.getName();
            Location at = inspection.places().next(name);
            if (!seen.add(name)) {
                inspection.refuse(ProblemCode.EPL_WINDOW, at, "'#" + name + "' stands twice", "keep one");
            } else if (view.getNamespace() != null && !Set.of("win", "std").contains(view.getNamespace())) {
                refuse(view.getNamespace() + ":" + name, at);
            } else if (name.equals("time")) {
                time = true;
                time(view, at);
            } else if (WITH_TIME.contains(name)) {
                withTime(view, name, at, scope);
            } else {
                refuse(name, at);
            }
        }
        if (!views.isEmpty() && !time && seen.stream().allMatch(WITH_TIME::contains)) {
            inspection.refuse(
                    ProblemCode.EPL_WINDOW,
                    inspection.places().start(),
                    "'#" + seen.iterator().next() + "' alone keeps events for ever",
                    "add #time in front: #time(10 min)#" + seen.iterator().next() + "(…)");
        }
        return !views.isEmpty();
    }

    private void time(View view, Location at) {
        OptionalLong millis = Spans.millis(view.getParameters());
        if (millis.isEmpty()) {
            inspection.refuse(
                    ProblemCode.EPL_DURATION,
                    at,
                    "'#time' needs one constant length of time, of whole milliseconds",
                    "write #time(10 min)");
        } else {
            inspection.within(millis.getAsLong(), at, "'#time'");
        }
    }

    private void withTime(View view, String name, Location at, Scope scope) {
        List<Expression> parameters = view.getParameters() == null ? List.of() : view.getParameters();
        if (name.equals("length")) {
            if (parameters.size() != 1 || !Constants.isWhole(parameters.get(0), 1, LONGEST_LENGTH)) {
                inspection.refuse(
                        ProblemCode.EPL_WINDOW,
                        at,
                        "'#length' needs a constant number from 1 to " + LONGEST_LENGTH,
                        "write #time(10 min)#length(5)");
            }
            return;
        }
        if (parameters.isEmpty()) {
            inspection.refuse(ProblemCode.EPL_WINDOW, at, "'#unique' needs a field", "write #unique(user.name)");
        }
        parameters.forEach(each -> expressions.check(each, ExpressionCheck.Where.FILTER, scope));
    }

    private void refuse(String name, Location at) {
        boolean batch = name.contains("batch");
        inspection.refuse(
                ProblemCode.EPL_WINDOW,
                at,
                "the window '#" + name + "' is not allowed: "
                        + (batch
                                ? "where a batch begins depends on when the engine started"
                                : "what it holds depends on more than the last timespan"),
                "use #time, or #time with #length or #unique");
    }
}
