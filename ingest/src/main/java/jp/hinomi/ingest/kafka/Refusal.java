package jp.hinomi.ingest.kafka;

import java.util.Arrays;
import java.util.Optional;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.decode.Decoding;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What a failed send means.
 *
 * @param forGood sending it again would fail again
 * @param instead what is sent in its place, so that the refusal is visible
 */
record Refusal(boolean forGood, Optional<ProducerRecord<byte[], byte[]>> instead) {
    /** Small enough for a topic with Kafka's own default limit of 1 MiB. */
    private static final int EVIDENCE_BYTES = 900 * 1024;

    static Refusal of(Exception error, ProducerRecord<byte[], byte[]> record) {
        if (error instanceof RecordTooLargeException) {
            boolean first = !record.topic().equals(Topics.REJECTS) || record.value().length > EVIDENCE_BYTES;
            return new Refusal(true, first ? Optional.of(cut(record)) : Optional.empty());
        }
        // Everything else may pass: the broker comes back, an administrator grants the right, the topic is created.
        return new Refusal(
                error instanceof SerializationException || error instanceof InvalidTopicException, Optional.empty());
    }

    private static ProducerRecord<byte[], byte[]> cut(ProducerRecord<byte[], byte[]> record) {
        byte[] beginning = Arrays.copyOf(record.value(), Math.min(record.value().length, EVIDENCE_BYTES));
        return RejectRecords.of(
                record.key(),
                beginning,
                record.headers(),
                null,
                new Decoding.Rejected(
                        Reception.DECODER,
                        "a line of " + record.value().length + " bytes is longer than topic " + record.topic()
                                + " takes, so only its beginning is kept: raise the topic's max.message.bytes",
                        beginning.length));
    }
}
