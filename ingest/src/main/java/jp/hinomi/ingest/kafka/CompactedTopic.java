package jp.hinomi.ingest.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a compacted topic as it stands. */
public final class CompactedTopic {
    private static final int TIMEOUT_MILLIS = 20_000;

    private CompactedTopic() {}

    /**
     * The newest value of each key, in order of the keys.
     *
     * @throws KafkaException if the broker does not answer within 20 s
     */
    public static SortedMap<String, byte[]> read(String bootstrapServers, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "default.api.timeout.ms", TIMEOUT_MILLIS),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            SortedMap<String, byte[]> newest = new TreeMap<>();
            long giveUp = System.nanoTime() + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null) {
                        newest.remove(record.key());
                    } else {
                        newest.put(record.key(), record.value());
                    }
                    giveUp = System.nanoTime()
                            + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
                }
                if (System.nanoTime() - giveUp > 0) {
                    throw new TimeoutException(bootstrapServers + " stopped answering while '" + topic
                            + "' was read: see whether the broker runs, and try again");
                }
            }
            return newest;
        }
    }
}
