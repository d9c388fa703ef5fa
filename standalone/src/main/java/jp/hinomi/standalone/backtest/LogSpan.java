package jp.hinomi.standalone.backtest;

import java.util.function.Predicate;
import jp.hinomi.events.SecurityEvent;

/** From when to when the events of the logs are, within what is wanted of them. For one thread at a time. */
public final class LogSpan implements Predicate<SecurityEvent> {
    private static final double DAY = 86_400_000;

    private final long from;
    private final long to;
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

    public double days() {
        return isEmpty() ? 0 : (last - first) / DAY;
    }

    /** A rate of less than a day of logs says nothing about a day. */
    public boolean hasRate() {
        return days() >= 1;
    }

    public double perDay(long count) {
        return count / days();
    }
}
