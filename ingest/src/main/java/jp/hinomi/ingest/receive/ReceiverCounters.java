package jp.hinomi.ingest.receive;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import jp.hinomi.ingest.spool.Spool;

/** What the receivers have done since they started. Thread-safe. */
public final class ReceiverCounters {
    private final Map<Way, OfWay> ways = new EnumMap<>(Way.class);

    ReceiverCounters() {
        for (Way way : Way.values()) {
            ways.put(way, new OfWay());
        }
    }

    static final class OfWay {
        final LongAdder received = new LongAdder();
        final LongAdder rejected = new LongAdder();
        final LongAdder dropped = new LongAdder();

        Count count() {
            return new Count(received.sum(), rejected.sum(), dropped.sum());
        }
    }

    OfWay of(Way way) {
        return ways.get(way);
    }

    /**
     * What came in one way.
     *
     * @param received messages and lines taken; datagrams that are in the spool, when they leave it
     * @param rejected of these, how many went to {@code rejects}: nobody knows who sent them, or they are too long
     * @param dropped not taken, because there was no room; only UDP drops
     */
    public record Count(long received, long rejected, long dropped) {
        boolean isZero() {
            return received == 0 && rejected == 0 && dropped == 0;
        }

        Count since(Count before) {
            return new Count(received - before.received, rejected - before.rejected, dropped - before.dropped);
        }
    }

    /**
     * @param droppedBySystem datagrams that the operating system threw away before they could be read, if it tells
     * @param acknowledged records that Kafka has acknowledged
     * @param failed records that Kafka refused for good
     * @param timesHeldBack how often senders were made to wait
     * @param waitingBytes what waits for Kafka in memory, of all ways together
     * @param spool what waits on the disk
     */
    public record Snapshot(
            Map<Way, Count> ways,
            long droppedBySystem,
            long acknowledged,
            long failed,
            long timesHeldBack,
            long waitingBytes,
            Spool.Counts spool) {
        public Snapshot {
            ways = Collections.unmodifiableMap(new EnumMap<>(ways));
        }

        public Count of(Way way) {
            return ways.get(way);
        }

        /** Datagrams that are nowhere: neither in a topic nor in {@code rejects}. */
        public long lost() {
            return droppedBySystem + of(Way.SYSLOG_UDP).dropped();
        }

        Snapshot withDroppedBySystem(long count) {
            return new Snapshot(ways, count, acknowledged, failed, timesHeldBack, waitingBytes, spool);
        }

        boolean isZero() {
            return droppedBySystem == 0
                    && acknowledged == 0
                    && failed == 0
                    && timesHeldBack == 0
                    && spool.isZero()
                    && ways.values().stream().allMatch(Count::isZero);
        }

        /** What has been counted since; what waits is what waits now. */
        Snapshot since(Snapshot before) {
            Map<Way, Count> difference = new EnumMap<>(ways);
            difference.replaceAll((way, count) -> count.since(before.of(way)));
            return new Snapshot(
                    difference,
                    droppedBySystem - before.droppedBySystem,
                    acknowledged - before.acknowledged,
                    failed - before.failed,
                    timesHeldBack - before.timesHeldBack,
                    waitingBytes,
                    spool.since(before.spool));
        }
    }

    Map<Way, Count> counts() {
        Map<Way, Count> counts = new EnumMap<>(Way.class);
        ways.forEach((way, of) -> counts.put(way, of.count()));
        return counts;
    }
}
