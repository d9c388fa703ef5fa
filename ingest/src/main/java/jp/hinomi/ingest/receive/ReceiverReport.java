package jp.hinomi.ingest.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.ingest.receive.ReceiverCounters.Count;
import jp.hinomi.ingest.receive.ReceiverCounters.Snapshot;

/**
 * What the receivers tell their operator: lost datagrams at once but not all the time, each minute what came, and at the
 * end what came in all. Time is passed in, in milliseconds of a clock that never goes back. Not thread-safe.
 */
final class ReceiverReport {
    static final long LOSSES_EVERY = 10_000;
    static final long SUMMARY_EVERY = 60_000;

    private Snapshot atLastLoss;
    private Snapshot atLastSummary;
    private long lossAgainAt;
    private long summaryAt;

    ReceiverReport(Snapshot start, long now) {
        this.atLastLoss = start;
        this.atLastSummary = start;
        this.lossAgainAt = now;
        this.summaryAt = now + SUMMARY_EVERY;
    }

    /** What was lost since it was last said; empty if nothing was, or if it is too early to say so again. */
    Optional<String> losses(Snapshot counters, long now) {
        long dropped = counters.of(Way.SYSLOG_UDP).dropped()
                - atLastLoss.of(Way.SYSLOG_UDP).dropped();
        long bySystem = counters.droppedBySystem() - atLastLoss.droppedBySystem();
        if (dropped + bySystem == 0 || now < lossAgainAt) {
            return Optional.empty();
        }
        atLastLoss = counters;
        lossAgainAt = now + LOSSES_EVERY;
        boolean spooled = counters.spool().bytes() > 0;
        List<String> reasons = new ArrayList<>();
        if (dropped > 0) {
            reasons.add(number(dropped) + " because too much waited for Kafka (is the broker up and fast enough?)"
                    + (spooled ? " and the spool had no room left or could not be written" : ""));
        }
        if (bySystem > 0) {
            reasons.add(number(bySystem) + " by the operating system because they came faster than they were read (set"
                    + " net.core.rmem_max to 4194304 or more and start again)");
        }
        return Optional.of("lost datagrams of " + Way.SYSLOG_UDP.title() + ": " + String.join("; ", reasons)
                + ". Datagrams cannot wait; senders over TCP, TLS or RELP do, and lose nothing");
    }

    /** What came since the last summary; empty if nothing did, or if a minute is not over. */
    Optional<String> summary(Snapshot counters, long now) {
        if (now < summaryAt) {
            return Optional.empty();
        }
        summaryAt = now + SUMMARY_EVERY;
        Snapshot before = atLastSummary;
        atLastSummary = counters;
        Snapshot since = counters.since(before);
        return since.isZero() ? Optional.empty() : Optional.of("in the last minute: " + words(since));
    }

    static String totals(Snapshot counters) {
        return "stopped; since the start: " + (counters.isZero() ? "nothing came" : words(counters));
    }

    private static String words(Snapshot counters) {
        List<String> parts = new ArrayList<>();
        counters.ways().forEach((way, count) -> {
            if (!count.isZero()) {
                parts.add(way.title() + " " + words(count));
            }
        });
        add(parts, counters.droppedBySystem(), " datagrams lost by the operating system");
        parts.add("Kafka acknowledged " + number(counters.acknowledged()));
        add(parts, counters.failed(), " refused by Kafka for good");
        add(parts, counters.timesHeldBack(), " × senders held back");
        parts.add(number(counters.waitingBytes()) + " bytes wait for Kafka");
        add(parts, counters.spool().written(), " datagrams written to the spool");
        add(parts, counters.spool().sent(), " sent from the spool");
        add(parts, counters.spool().damagedBytes(), " bytes of the spool could not be read");
        add(parts, counters.spool().damagedFiles(), " damaged files set aside");
        add(parts, counters.spool().bytes(), " bytes in the spool");
        return String.join(", ", parts);
    }

    private static String words(Count count) {
        List<String> parts = new ArrayList<>();
        add(parts, count.rejected(), " to rejects");
        add(parts, count.dropped(), " dropped");
        return number(count.received()) + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(number(count) + what);
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
