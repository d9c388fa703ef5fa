package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Decoded events for the topic {@code events}, keyed by source. */
final class EventRecords implements KafkaRecordSerializationSchema<SecurityEvent> {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(SecurityEvent event, KafkaSinkContext context, Long timestamp) {
        String source = event.text(Fields.CITY_SOURCE);
        return new ProducerRecord<>(
                Topics.EVENTS, source == null ? null : source.getBytes(StandardCharsets.UTF_8), EventJson.write(event));
    }
}
