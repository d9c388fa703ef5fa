package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Decoded events for the topic {@code events}, keyed by source; shortened where no topic would take them whole. */
final class EventRecords implements KafkaRecordSerializationSchema<SecurityEvent> {
    private static final long serialVersionUID = 1;

    /** Bytes; topics take 5 MiB. */
    static final int MOST = 4 << 20;

    /** Characters; a source is named by a header, which whoever writes to Kafka directly may fill with anything. */
    private static final int LONGEST_KEY = 1_024;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(SecurityEvent event, KafkaSinkContext context, Long timestamp) {
        String source = event.text(Fields.CITY_SOURCE);
        return new ProducerRecord<>(
                Topics.EVENTS,
                source == null ? null : EventSize.cut(source, LONGEST_KEY).getBytes(StandardCharsets.UTF_8),
                EventSize.json(event, MOST));
    }
}
