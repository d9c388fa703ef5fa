package jp.hinomi.ingest.receive;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

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
        final LongAdder spooled = new LongAdder();
        final LongAdder dropped = new LongAdder();

        Count count() {
            return new Count(received.sum(), rejected.sum(), spooled.sum(), dropped.sum());
        }
    }

    OfWay of(Way way) {
        return ways.get(way);
    }

    /**
     * What came in one way.
     *
     * @param received messages and lines taken
     * @param rejected of these, how many went to {@code rejects}: nobody knows who sent them, or they are too long
     * @param spooled of these, how many waited on the disk for Kafka
     * @param dropped not taken, because there was no room; only UDP drops
     */
    public record Count(long received, long rejected, long spooled, long dropped) {}

    /**
     * @param acknowledged records that Kafka has acknowledged
     * @param failed records that Kafka refused for good
     * @param timesHeldBack how often senders were made to wait
     * @param waitingBytes what waits for Kafka in memory
     */
    public record Snapshot(
            Map<Way, Count> ways, long acknowledged, long failed, long timesHeldBack, long waitingBytes) {
        public Snapshot {
            ways = Collections.unmodifiableMap(new EnumMap<>(ways));
        }

        public Count of(Way way) {
            return ways.get(way);
        }
    }

    Map<Way, Count> counts() {
        Map<Way, Count> counts = new EnumMap<>(Way.class);
        ways.forEach((way, of) -> counts.put(way, of.count()));
        return counts;
    }
}
