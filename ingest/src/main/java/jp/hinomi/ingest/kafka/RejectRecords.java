package jp.hinomi.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import jp.hinomi.events.Topics;
import jp.hinomi.ingest.decode.Decoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes records of the topic {@code rejects}: original bytes and headers, plus why, by whom and from where. Stateless. */
public final class RejectRecords {
    /** Header {@code offset}: where in the record, in bytes. */
    public static final String HEADER_OFFSET = "offset";

    private RejectRecords() {}

    /** For a record that was read from a {@code logs.*} topic. */
    public static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, Decoding.Rejected rejected) {
        return of(record.key(), record.value(), record.headers(), KafkaLogRecords.origin(record), rejected);
    }

    /**
     * @param key as received; may be null
     * @param headers as received; not changed
     * @param origin {@code topic-partition-offset}, or null for a record that never was in a topic
     */
    public static ProducerRecord<byte[], byte[]> of(
            byte[] key, byte[] value, Iterable<Header> headers, String origin, Decoding.Rejected rejected) {
        Headers all = new RecordHeaders(headers);
        all.add(Topics.HEADER_REASON, rejected.reason().getBytes(UTF_8));
        all.add(Topics.HEADER_DECODER, rejected.decoder().getBytes(UTF_8));
        all.add(HEADER_OFFSET, Integer.toString(rejected.byteOffset()).getBytes(UTF_8));
        if (origin != null) {
            all.add(Topics.HEADER_ORIGIN, origin.getBytes(UTF_8));
        }
        return new ProducerRecord<>(Topics.REJECTS, null, key, value, all);
    }
}
