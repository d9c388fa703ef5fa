package jp.hinomi.benchmarks.spine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Watches the {@code alerts} topic from its end. Not thread-safe. */
final class AlertWatch implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    AlertWatch(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(
                consumer::position); // seeking is lazy: without this, records until the first poll are missed
    }

    /**
     * When the first alert that satisfies the condition was read, in epoch milliseconds; empty if none came. Not the record's
     * own time stamp: that is the alert's event time.
     */
    OptionalLong await(Predicate<Alert> condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                if (record.value() != null && condition.test(AlertJson.read(record.value()))) {
                    return OptionalLong.of(System.currentTimeMillis());
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
