package jp.hinomi.ingest.receive;

import java.time.Clock;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.kafka.Outlet;
import jp.hinomi.ingest.kafka.Reception;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What happens to a syslog message once it is whole: recognised, and offered to Kafka or to {@code rejects}. Thread-safe. */
final class SyslogIntake {
    private final SourceRecognition recognition;
    private final Outlet outlet;
    private final ReceiverCounters counters;
    private final Clock clock;

    SyslogIntake(SourceRecognition recognition, Outlet outlet, ReceiverCounters counters, Clock clock) {
        this.recognition = recognition;
        this.outlet = outlet;
        this.counters = counters;
        this.clock = clock;
    }

    void message(byte[] message, Way way, Peer peer, Outlet.Acknowledgement acknowledgement) {
        message(message, way, peer, clock.millis(), acknowledgement);
    }

    /** @param now when it was received, which may be a while ago */
    void message(byte[] message, Way way, Peer peer, long now, Outlet.Acknowledgement acknowledgement) {
        counters.of(way).received.increment();
        SourceRecognition.Sender sender = recognition.of(message, peer, now);
        ProducerRecord<byte[], byte[]> record;
        if (sender instanceof SourceRecognition.Sender.Known known) {
            record = Reception.record(known.source(), message, way.transport(), peer.address(), now);
        } else {
            counters.of(way).rejected.increment();
            String reason = ((SourceRecognition.Sender.Unknown) sender).reason();
            record = Reception.rejected(null, message, way.transport(), peer.address(), now, reason);
        }
        outlet.offer(record, acknowledgement);
    }

    void tooLong(byte[] beginning, long length, Way way, Peer peer, Outlet.Acknowledgement acknowledgement) {
        counters.of(way).received.increment();
        long now = clock.millis();
        counters.of(way).rejected.increment();
        Source source = recognition.of(beginning, peer, now) instanceof SourceRecognition.Sender.Known known
                ? known.source()
                : null;
        String reason = "truncated: a message of " + length + " bytes, of which " + beginning.length
                + " are kept: it is longer than a line may be, or its connection ended before it did;"
                + " make the sender split it";
        outlet.offer(
                Reception.rejected(source, beginning, way.transport(), peer.address(), now, reason), acknowledgement);
    }
}
