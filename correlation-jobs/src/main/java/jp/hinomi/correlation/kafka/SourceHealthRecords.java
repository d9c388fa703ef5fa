package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How sources fare, for the topic {@code source-health}, keyed by source id. */
final class SourceHealthRecords implements KafkaRecordSerializationSchema<SourceHealth> {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(SourceHealth health, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                Topics.SOURCE_HEALTH, health.source().getBytes(StandardCharsets.UTF_8), SourceHealthJson.write(health));
    }
}
