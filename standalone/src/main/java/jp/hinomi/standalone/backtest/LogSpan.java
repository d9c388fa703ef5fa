package jp.hinomi.standalone.backtest;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.route.EventKind;
import jp.hinomi.rules.route.LogsourceTable;

/**
 * When the events of the logs are, within what is wanted of them, and of which kinds they are. For one thread at a time.
 *
 * <p>How long the logs are is how many hours have events, not the time from the first to the last: one line of a clock that was
 * set back to 1970 would make an hour of logs fifty years.
 */
public final class LogSpan implements Predicate<SecurityEvent> {
    private static final long HOUR = 3_600_000;
    private static final double HOURS_OF_DAY = 24;

    /** A hundred years. Hostile events can have any time; more hours than that make no rate lower. */
    private static final int MOST_HOURS = 1_000_000;

    /** Real logs have dozens. Hostile events can say anything; kinds beyond are no proof for anybody. */
    private static final int MOST_KINDS = 20_000;

    private final long from;
    private final long to;
    private final Set<Long> hours = new HashSet<>();
    private final Set<EventKind> kinds = new HashSet<>();
    private long hour = Long.MIN_VALUE;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** @param from milliseconds since the epoch, included @param to excluded */
    public LogSpan(long from, long to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public boolean test(SecurityEvent event) {
        long time = event.correlationMillis();
        if (time < from || time >= to) {
            return false;
        }
        first = Math.min(first, time);
        last = Math.max(last, time);
        long at = Math.floorDiv(time, HOUR);
        if (at != hour && hours.size() < MOST_HOURS) {
            hours.add(at);
        }
        hour = at;
        if (kinds.size() < MOST_KINDS) {
            kinds.add(LogsourceTable.standard().kind(event));
        }
        return true;
    }

    public boolean isEmpty() {
        return first > last;
    }

    public long first() {
        return first;
    }

    public long last() {
        return last;
    }

    /** Of 24 hours that have events. */
    public double days() {
        return hours.size() / HOURS_OF_DAY;
    }

    /** A rate of less than a day of logs says nothing about a day. */
    public boolean hasRate() {
        return days() >= 1;
    }

    public double perDay(long count) {
        return count / days();
    }

    /**
     * Whether the logs could show anything about a rule: a detection needs an event of its log source; a correlation that wants
     * matches of each rule that it refers to, those of each; any other, those of one.
     */
    public boolean shows(Rule rule, RuleSet rules) {
        if (rule instanceof DetectionRule detection) {
            return kinds.stream().anyMatch(kind -> LogsourceTable.standard().accepts(detection.logsource(), kind));
        }
        CorrelationRule correlation = (CorrelationRule) rule;
        Predicate<String> shown = inner -> shows(rules.byName().get(inner), rules);
        return switch (correlation.type()) {
            case TEMPORAL, TEMPORAL_ORDERED, ABSENCE, EPL ->
                correlation.rules().stream().allMatch(shown);
            default -> correlation.rules().stream().anyMatch(shown);
        };
    }
}
