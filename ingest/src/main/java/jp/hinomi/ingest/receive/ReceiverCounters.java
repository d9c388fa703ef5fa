package jp.hinomi.ingest.receive;

import java.util.concurrent.atomic.LongAdder;

/** What the receivers have done since they started. Thread-safe. */
public final class ReceiverCounters {
    final LongAdder udpReceived = new LongAdder();
    final LongAdder udpDropped = new LongAdder();
    final LongAdder tcpReceived = new LongAdder();
    final LongAdder httpReceived = new LongAdder();
    final LongAdder unknownSender = new LongAdder();
    final LongAdder tooLong = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder timesHeldBack = new LongAdder();

    /**
     * @param udpReceived datagrams taken
     * @param udpDropped datagrams dropped because the buffer was full
     * @param tcpReceived syslog messages taken over TCP
     * @param httpReceived lines taken over HTTP
     * @param unknownSender of these, how many went to {@code rejects} because nobody knows who sent them
     * @param tooLong of these, how many went to {@code rejects} because they were longer than a line may be
     * @param acknowledged records that Kafka has acknowledged
     * @param failed records that Kafka refused for good
     * @param timesHeldBack how often TCP senders were made to wait
     */
    public record Snapshot(
            long udpReceived,
            long udpDropped,
            long tcpReceived,
            long httpReceived,
            long unknownSender,
            long tooLong,
            long acknowledged,
            long failed,
            long timesHeldBack) {}

    public Snapshot snapshot() {
        return new Snapshot(
                udpReceived.sum(),
                udpDropped.sum(),
                tcpReceived.sum(),
                httpReceived.sum(),
                unknownSender.sum(),
                tooLong.sum(),
                acknowledged.sum(),
                failed.sum(),
                timesHeldBack.sum());
    }
}
