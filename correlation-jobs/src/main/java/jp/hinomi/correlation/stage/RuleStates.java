package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import jp.hinomi.correlation.state.RuleReport;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealth.State;

/**
 * Puts together what all subtasks report about each rule, and decides what is worth telling: a new state at once, new
 * numbers now and then. Is told the time. Not thread-safe.
 */
public final class RuleStates {
    /** Between two records of one rule in which only numbers differ, in milliseconds. */
    static final long EVERY = 10_000;

    private final Map<String, Map<String, RuleReport>> reports = new HashMap<>();
    private final SuppressedTotals suppressed = new SuppressedTotals();
    private final Map<String, Told> told = new LinkedHashMap<>();
    /** Rules that were in quarantine when the process ended: they still are, though no subtask has said so yet. */
    private final Map<String, RuleHealth> quarantined = new HashMap<>();

    private record Told(RuleHealth health, long at) {}

    /**
     * A rule as the job has it.
     *
     * @param version in force, or of the refused text
     * @param refused why it, or its newest edit, was refused
     * @param inForce false if nothing of it runs
     * @param filters that apply to it, in the order they were read
     */
    public record Known(
            String id, String version, Optional<String> refused, boolean inForce, List<KnownFilter> filters) {
        public Known {
            filters = List.copyOf(filters);
        }

        /** Without filters. */
        public Known(String id, String version, Optional<String> refused, boolean inForce) {
            this(id, version, refused, inForce, List.of());
        }
    }

    /**
     * An exception as the job has it.
     *
     * @param ends the first millisecond of event time that it no longer covers; {@code Long.MAX_VALUE} if it has no end
     */
    public record KnownFilter(String name, Optional<String> owner, long ends) {}

    public void take(RuleReport report) {
        reports.computeIfAbsent(report.rule(), any -> new HashMap<>()).put(report.reporter(), report);
    }

    public void take(Suppressed more) {
        suppressed.add(more);
    }

    /** What was suppressed so far, for {@link #take(Suppressed)} after a restart. */
    public List<Suppressed> suppressed() {
        return suppressed.all();
    }

    /** What was told before the process ended, so that states keep their beginning and removed rules are taken back. */
    public void restore(RuleHealth health) {
        told.put(health.rule(), new Told(health, Long.MIN_VALUE));
        if (health.state() == State.QUARANTINED) {
            quarantined.put(health.rule(), health);
        }
    }

    public List<RuleHealth> told() {
        return told.values().stream().map(Told::health).toList();
    }

    /** The records that are due. */
    public List<RuleHealth> due(Map<String, Known> rules, long now) {
        List<RuleHealth> due = new ArrayList<>();
        rules.forEach((name, known) -> {
            RuleHealth next = health(name, known, now);
            Told before = told.get(name);
            boolean other = before == null || next.isOtherState(before.health());
            if (before != null && next.state() == before.health().state()) {
                next = next.since(before.health().since());
            }
            boolean counted = before != null
                    && !next.equals(before.health())
                    && (before.at() == Long.MIN_VALUE || now - before.at() >= EVERY);
            if (other || counted) {
                told.put(name, new Told(next, now));
                due.add(next);
            }
        });
        List<String> gone =
                told.keySet().stream().filter(name -> !rules.containsKey(name)).toList();
        for (String name : gone) {
            RuleHealth last = told.remove(name).health();
            reports.remove(name);
            quarantined.remove(name);
            suppressed.forget(name);
            due.add(new RuleHealth(
                    name,
                    last.id(),
                    last.version(),
                    State.REMOVED,
                    now,
                    OptionalLong.empty(),
                    Optional.empty(),
                    0,
                    0,
                    0,
                    0,
                    0));
        }
        return due;
    }

    private RuleHealth health(String name, Known known, long now) {
        long matches = 0;
        long alerts = 0;
        long groups = 0;
        long waiting = 0;
        long nanos = 0;
        long until = 0;
        String quarantine = "";
        for (RuleReport report : reports.getOrDefault(name, Map.of()).values()) {
            matches += report.matches();
            alerts += report.alerts();
            groups += report.groups();
            waiting += report.waiting();
            nanos += report.nanos();
            until = Math.max(until, report.warmUntil());
            quarantine = quarantine.isEmpty() ? report.quarantine() : quarantine;
        }
        if (quarantine.isEmpty()) {
            quarantine = keptQuarantine(name, known);
        }
        State state = !known.inForce()
                ? State.REFUSED
                : !quarantine.isEmpty() ? State.QUARANTINED : until > 0 ? State.WARMING_UP : State.RUNNING;
        return new RuleHealth(
                name,
                known.id(),
                known.version(),
                state,
                now,
                state == State.WARMING_UP ? OptionalLong.of(until) : OptionalLong.empty(),
                state == State.QUARANTINED ? Optional.of(quarantine) : known.refused(),
                matches,
                alerts,
                groups,
                waiting,
                TimeUnit.NANOSECONDS.toMillis(nanos),
                suppressed.count(name, ""),
                known.filters().stream()
                        .map(filter -> excepted(name, filter, now))
                        .toList());
    }

    /** The reason; empty if there is none. It ends when the rule is edited. */
    private String keptQuarantine(String name, Known known) {
        RuleHealth last = quarantined.get(name);
        if (last == null) {
            return "";
        }
        if (!last.version().equals(known.version())) {
            quarantined.remove(name);
            return "";
        }
        return last.reason().orElse("");
    }

    private RuleHealth.Excepted excepted(String rule, KnownFilter filter, long now) {
        return new RuleHealth.Excepted(
                filter.name(),
                filter.owner(),
                filter.ends() == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(filter.ends()),
                now >= filter.ends(),
                suppressed.count(rule, filter.name()),
                suppressed.last(rule, filter.name()),
                suppressed.byHour(rule, filter.name()));
    }
}
