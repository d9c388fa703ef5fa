package jp.hinomi.ingest.rejects;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from some place to where they end now. Not thread-safe. */
final class TopicScan implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int FETCH = 8 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicScan(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "default.api.timeout.ms",
                        TIMEOUT_MILLIS,
                        "max.partition.fetch.bytes",
                        FETCH),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
    }

    /** Where the partitions of these topics end now. */
    Map<TopicPartition, Long> ends(List<String> topics) {
        List<TopicPartition> all = new ArrayList<>();
        topics.forEach(topic -> all.addAll(partitions(topic)));
        return consumer.endOffsets(all);
    }

    /** @param sinceMillis records that were appended before it may be left out */
    void read(String topic, long sinceMillis, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> all = partitions(topic);
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(all));
        if (sinceMillis > 0) {
            Map<TopicPartition, Long> times = new HashMap<>();
            all.forEach(partition -> times.put(partition, sinceMillis));
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) ->
                            starts.put(partition, found == null ? ends.get(partition) : found.offset()));
        }
        read(starts, each);
    }

    void read(Map<TopicPartition, Long> starts, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
        Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
        long giveUp = System.nanoTime() + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    each.accept(record);
                }
                giveUp = System.nanoTime() + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
            }
            if (System.nanoTime() - giveUp > 0) {
                throw new TimeoutException(
                        "Kafka stopped answering while " + starts.keySet() + " was read: see whether it runs");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
