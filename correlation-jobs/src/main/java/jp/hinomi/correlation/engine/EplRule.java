package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.runtime.client.DeploymentOptions;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.hinomi.correlation.engine.epl.EplProgram;
import jp.hinomi.correlation.engine.epl.EventShape;

/**
 * One statement of a rule, running: an instance of it for each group. What it holds is a function of the matches of the
 * last timespan (the check made sure), so those are kept, and feeding them again rebuilds it. Its clock stands still at
 * every time at which something was due, so how far the clock is moved at once makes no difference. Not thread-safe.
 */
final class EplRule implements AutoCloseable {
    private final Correlation correlation;
    private final boolean timers;
    private final List<EventShape> shapes = new ArrayList<>();
    private final EPRuntime runtime;
    private final EPEventService events;
    /** Groups of which there is an instance. */
    private final Set<Cell> known = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What fires now, by group; all rows at one time are one firing. */
    private final Map<Cell, List<Match>> fired = new LinkedHashMap<>();

    private int found;
    private boolean listening;
    private boolean started;
    private long now;
    private long nextTimer = Long.MAX_VALUE;

    EplRule(Correlation correlation, EplProgram program) {
        this.correlation = correlation;
        this.timers = program.hasTimers();
        correlation.listed().forEach(rule -> shapes.add(program.shape(rule)));
        Configuration configuration = program.configuration();
        configuration.getRuntime().getExceptionHandling().addClass(Rethrow.class);
        runtime = EPRuntimeProvider.getRuntime(UUID.randomUUID().toString(), configuration);
        events = runtime.getEventService();
        try {
            // The first statement of the module makes the groups.
            EPStatement statement = runtime.getDeploymentService()
                    .deploy(program.compiled(), new DeploymentOptions())
                    .getStatements()[1];
            statement.addListener((rows, gone, of, in) -> collect(rows));
        } catch (EPDeployException e) {
            runtime.destroy();
            throw new IllegalStateException(
                    "the statement of '" + correlation.info().name() + "' cannot be deployed: " + e.getMessage(), e);
        }
    }

    Correlation correlation() {
        return correlation;
    }

    /** When it may fire next by the time alone, or the largest long. */
    long nextTimer() {
        return nextTimer;
    }

    Hit accept(Cell cell, Match match) {
        known.add(cell);
        cell.accumulator().add(match);
        moveTo(match.time());
        listening = !cell.isReplaying();
        // From the last listed rule down, so that one event never serves two steps of a sequence in the order listed.
        for (int step = shapes.size() - 1; step >= 0; step--) {
            if (match.isStep(step)) {
                events.sendEventMap(
                        new MatchView(cell, match, shapes.get(step)),
                        correlation.listed().get(step));
            }
        }
        listening = false;
        schedule();
        List<CorrelationEngine.Firing> firings = firings(match.time(), match);
        return firings.isEmpty() ? null : firings.get(0).hit();
    }

    /** The clock comes to {@code at}, and no further. */
    List<CorrelationEngine.Firing> fire(long at) {
        listening = true;
        moveTo(at);
        listening = false;
        schedule();
        return firings(at, null);
    }

    /** Muted: whatever fires until then was handled before. */
    void advance(long time) {
        moveTo(time);
        schedule();
    }

    private void moveTo(long time) {
        if (started && time <= now) {
            return;
        }
        if (timers && started) {
            for (Long due = events.getNextScheduledTime();
                    due != null && due < time;
                    due = events.getNextScheduledTime()) {
                events.advanceTime(due);
            }
        }
        started = true;
        now = time;
        events.advanceTime(time);
    }

    private void schedule() {
        if (timers) {
            Long due = events.getNextScheduledTime();
            nextTimer = due == null ? Long.MAX_VALUE : due;
        }
    }

    private void collect(EventBean[] rows) {
        if (!listening || rows == null) {
            return;
        }
        for (EventBean row : rows) {
            int before = found;
            collect(row.getUnderlying());
            if (found == before) {
                throw new IllegalStateException("a row without an event: " + row.getEventType());
            }
        }
    }

    /** Finds the events in a row: it is one, or holds them under its columns, alone or in arrays. */
    private void collect(Object value) {
        if (value instanceof MatchView view) {
            found++;
            fired.computeIfAbsent(view.cell(), any -> new ArrayList<>()).add(view.match());
        } else if (value instanceof EventBean bean) {
            collect(bean.getUnderlying());
        } else if (value instanceof Map<?, ?> columns) {
            columns.values().forEach(this::collect);
        } else if (value instanceof Object[] several) {
            for (Object each : several) {
                collect(each);
            }
        }
    }

    /** @param completing null if the time completed it, and not a match */
    private List<CorrelationEngine.Firing> firings(long time, Match completing) {
        if (fired.isEmpty()) {
            return List.of();
        }
        List<CorrelationEngine.Firing> firings = new ArrayList<>();
        fired.forEach((cell, rows) -> {
            List<Match> matches = newestFirst(rows);
            String id = completing == null ? matches.get(0).completingId() + "@" + time : completing.completingId();
            firings.add(new CorrelationEngine.Firing(cell, new Hit(time, id, matches, 0, 0)));
        });
        fired.clear();
        found = 0;
        return firings;
    }

    /** Each once. Sorted at the end, because a window comes in order, and sorting what is sorted costs nothing. */
    private static List<Match> newestFirst(List<Match> matches) {
        Collections.reverse(matches);
        matches.sort(Match.ORDER.reversed());
        List<Match> distinct = new ArrayList<>(matches.size());
        Match last = null;
        for (Match match : matches) {
            if (match != last) {
                distinct.add(match);
            }
            last = match;
        }
        return distinct;
    }

    /** The group is over; the next match of its values begins another. */
    void forget(Cell cell) {
        if (known.remove(cell)) {
            events.sendEventMap(Map.of(EplProgram.cell(), cell), EplProgram.over());
            schedule();
        }
    }

    @Override
    public void close() {
        known.clear();
        runtime.destroy();
    }
}
