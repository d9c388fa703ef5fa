package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How rules fare, for the topic {@code rule-health}, keyed by rule name; a tombstone for a rule that is gone. */
final class RuleHealthRecords implements KafkaRecordSerializationSchema<RuleHealth> {
    private static final long serialVersionUID = 1;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(RuleHealth health, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                Topics.RULE_HEALTH,
                health.rule().getBytes(StandardCharsets.UTF_8),
                health.state() == RuleHealth.State.REMOVED ? null : RuleHealthJson.write(health));
    }
}
