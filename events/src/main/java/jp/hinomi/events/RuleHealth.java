package jp.hinomi.events;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How a rule fares in the running job: a record of the topic {@code rule-health}, keyed by {@link #rule}.
 *
 * @param rule its name
 * @param id its id
 * @param version of it that is in force, or that was refused
 * @param since when it entered this state, in milliseconds since the epoch
 * @param until of {@link State#WARMING_UP}: the event time from which on it has seen a whole horizon
 * @param reason why it is refused or in quarantine, or why its newest edit was not taken over
 * @param matches that it was given (a correlation) or found (a detection) since the job started last
 * @param alerts that it opened since the job started last
 * @param groups of a correlation that are alive
 * @param waiting matches that wait for their time
 * @param timeMillis spent on evaluating a correlation since the job started last, estimated from one match in 64;
 *     detections are compiled together and have none of their own
 * @param suppressed matches of a detection that exceptions kept from being one, each once, since they have been counted
 * @param exceptions that apply to the rule, in the order they were read
 */
public record RuleHealth(
        String rule,
        String id,
        String version,
        State state,
        long since,
        OptionalLong until,
        Optional<String> reason,
        long matches,
        long alerts,
        long groups,
        long waiting,
        long timeMillis,
        long suppressed,
        List<Excepted> exceptions) {
    public RuleHealth {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(reason, "reason");
        exceptions = List.copyOf(exceptions);
    }

    /** Of a rule without exceptions. */
    public RuleHealth(
            String rule,
            String id,
            String version,
            State state,
            long since,
            OptionalLong until,
            Optional<String> reason,
            long matches,
            long alerts,
            long groups,
            long waiting,
            long timeMillis) {
        this(
                rule,
                id,
                version,
                state,
                since,
                until,
                reason,
                matches,
                alerts,
                groups,
                waiting,
                timeMillis,
                0,
                List.of());
    }

    /**
     * What one exception (a Sigma filter) kept from being a match of the rule.
     *
     * @param filter its name
     * @param owner who answers for it; empty for a filter that is part of its pack
     * @param ends the first millisecond of event time that it no longer covers; empty if it has no end
     * @param expired true if that time has come
     * @param suppressed matches that it covers, since they have been counted; several exceptions may cover the same
     * @param last event time of the newest of them
     * @param byHour how many in which hour of event time (hours since the epoch), the newest hours
     */
    public record Excepted(
            String filter,
            Optional<String> owner,
            OptionalLong ends,
            boolean expired,
            long suppressed,
            OptionalLong last,
            Map<Long, Long> byHour) {
        public Excepted {
            Objects.requireNonNull(filter, "filter");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(ends, "ends");
            Objects.requireNonNull(last, "last");
            byHour = Collections.unmodifiableSortedMap(new TreeMap<>(byHour));
        }

        /** How many happened from that hour on. @param hour since the epoch */
        public long since(long hour) {
            return byHour.entrySet().stream()
                    .filter(each -> each.getKey() >= hour)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        private boolean isOtherState(Excepted other) {
            return !filter.equals(other.filter)
                    || !owner.equals(other.owner)
                    || !ends.equals(other.ends)
                    || expired != other.expired;
        }
    }

    /** What the job does with the rule. */
    public enum State {
        RUNNING,
        /** It runs, but has not yet seen a whole horizon: what began before may be missed. */
        WARMING_UP,
        /** It threw or outgrew its budget, and is not evaluated until it is edited. */
        QUARANTINED,
        /** It has an error, and no earlier version is in force. */
        REFUSED,
        /** It is gone; the record is a tombstone. */
        REMOVED;

        /** The word in JSON: {@code warming-up}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException for any other word */
        public static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** True if a reader would learn something else than numbers from {@code other}. */
    public boolean isOtherState(RuleHealth other) {
        return state != other.state
                || !version.equals(other.version)
                || !until.equals(other.until)
                || !reason.equals(other.reason)
                || exceptions.size() != other.exceptions.size()
                || IntStream.range(0, exceptions.size())
                        .anyMatch(i -> exceptions.get(i).isOtherState(other.exceptions.get(i)));
    }

    /** The same since another time. */
    public RuleHealth since(long time) {
        return new RuleHealth(
                rule,
                id,
                version,
                state,
                time,
                until,
                reason,
                matches,
                alerts,
                groups,
                waiting,
                timeMillis,
                suppressed,
                exceptions);
    }
}
