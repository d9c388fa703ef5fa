package jp.hinomi.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic {@code source-health}. */
public final class SourceHealthTopic {
    private static final int TIMEOUT_MILLIS = 20_000;

    private SourceHealthTopic() {}

    /**
     * The newest health of each source, by its id, as the topic stands now.
     *
     * @throws KafkaException if the broker does not answer within 20 s
     * @throws jp.hinomi.events.EventFormatException if a record is not the health of a source
     */
    public static List<SourceHealth> read(String bootstrapServers) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "default.api.timeout.ms", TIMEOUT_MILLIS),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.SOURCE_HEALTH).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<String, SourceHealth> newest = new TreeMap<>();
            long giveUp = System.nanoTime() + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null) {
                        newest.remove(record.key());
                    } else {
                        newest.put(record.key(), SourceHealthJson.read(record.value()));
                    }
                    giveUp = System.nanoTime()
                            + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
                }
                if (System.nanoTime() - giveUp > 0) {
                    throw new TimeoutException(bootstrapServers + " stopped answering while '" + Topics.SOURCE_HEALTH
                            + "' was read: see whether the broker runs, and try again");
                }
            }
            return new ArrayList<>(newest.values());
        }
    }
}
