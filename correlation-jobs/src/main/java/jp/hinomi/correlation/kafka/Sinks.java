package jp.hinomi.correlation.kafka;

import java.util.Properties;
import jp.hinomi.correlation.state.Rejected;
import jp.hinomi.correlation.state.WrittenAlert;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.SourceHealth;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where the job writes. At least once: consumers know alerts and events by their ids, which are the same in every replay,
 * so nobody has to wait for transactions.
 */
public final class Sinks {
    /** Bytes before compression. The job must never fail over one large record, so the broker has the last word. */
    private static final int MAX_REQUEST = 64 << 20;

    private Sinks() {}

    public static KafkaSink<WrittenAlert> alerts(String bootstrapServers) {
        return sink(bootstrapServers, new AlertRecords(), 0);
    }

    public static KafkaSink<SecurityEvent> events(String bootstrapServers) {
        return sink(bootstrapServers, new EventRecords(), 50);
    }

    public static KafkaSink<RuleHealth> ruleHealth(String bootstrapServers) {
        return sink(bootstrapServers, new RuleHealthRecords(), 50);
    }

    public static KafkaSink<SourceHealth> sourceHealth(String bootstrapServers) {
        return sink(bootstrapServers, new SourceHealthRecords(), 50);
    }

    public static KafkaSink<Rejected> rejects(String bootstrapServers) {
        return sink(bootstrapServers, new RejectedRecords(), 10);
    }

    private static <T> KafkaSink<T> sink(
            String bootstrapServers, KafkaRecordSerializationSchema<T> records, int lingerMillis) {
        Properties producer = new Properties();
        producer.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(lingerMillis));
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 << 10));
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST));
        return KafkaSink.<T>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(records)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }
}
