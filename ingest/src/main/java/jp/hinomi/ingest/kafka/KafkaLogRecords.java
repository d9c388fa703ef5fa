package jp.hinomi.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.decode.LogRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads records of the {@code logs.*} topics as {@link LogRecord}s. Stateless. */
public final class KafkaLogRecords {
    private KafkaLogRecords() {}

    /**
     * Empty for a record without a value: a tick of the job, or a tombstone; neither carries a log line.
     *
     * <p>The source is the header of that name, else the record's key; the append time is the record's timestamp, which
     * {@link TopicSetup} makes the broker set.
     */
    public static Optional<LogRecord> toLogRecord(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        String source = text(record.headers(), Topics.HEADER_SOURCE);
        if (source == null && record.key() != null) {
            source = new String(record.key(), UTF_8);
        }
        return Optional.of(new LogRecord(
                record.value(),
                source == null || source.isEmpty() ? null : source,
                text(record.headers(), Topics.HEADER_FORMAT),
                origin(record),
                record.timestamp()));
    }

    /** {@code topic-partition-offset}: the id of the event that the record becomes. */
    public static String origin(ConsumerRecord<?, ?> record) {
        return record.topic() + '-' + record.partition() + '-' + record.offset();
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? null
                : new String(header.value(), UTF_8);
    }
}
