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

    /** The connection ended before the message did. */
    void torn(byte[] beginning, long length, Way way, Peer peer) {
        cut(
                beginning,
                "truncated: the connection ended after " + length
                        + " bytes of a longer message: its sender was stopped, or"
                        + " gave up. Senders over plain syslog do not know what has arrived, those over RELP do",
                way,
                peer,
                Outlet.Acknowledgement.NONE);
    }

    void tooLong(byte[] beginning, long length, Way way, Peer peer, Outlet.Acknowledgement acknowledgement) {
        cut(
                beginning,
                "truncated: a message of " + length + " bytes, of which " + beginning.length
                        + " are kept: it is longer than a line may be; make the sender split it",
                way,
                peer,
                acknowledgement);
    }

    private void cut(byte[] beginning, String reason, Way way, Peer peer, Outlet.Acknowledgement acknowledgement) {
        counters.of(way).received.increment();
        counters.of(way).rejected.increment();
        long now = clock.millis();
        Source source = recognition.of(beginning, peer, now) instanceof SourceRecognition.Sender.Known known
                ? known.source()
                : null;
        outlet.offer(
                Reception.rejected(source, beginning, way.transport(), peer.address(), now, reason), acknowledgement);
    }
}
