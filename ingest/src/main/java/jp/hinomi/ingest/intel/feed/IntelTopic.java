package jp.hinomi.ingest.intel.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topics {@code threat-intel} and {@code events} as they stand now. Stateless and thread-safe. */
public final class IntelTopic {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private IntelTopic() {}

    /**
     * Every record of {@code threat-intel} in its order: id and JSON; no JSON = the indicator is gone. Of one id there may
     * be several, the last counts.
     *
     * @throws KafkaException if the broker does not answer, or has no such topic
     */
    public static void read(String bootstrapServers, BiConsumer<String, byte[]> visitor) {
        read(bootstrapServers, Topics.THREAT_INTEL, -1, record -> {
            if (record.key() != null) {
                visitor.accept(new String(record.key(), StandardCharsets.UTF_8), record.value());
            }
        });
    }

    /**
     * Every record of {@code events} that was appended since then: its place ({@code events-0-17}) and its JSON.
     *
     * @param since milliseconds since the epoch
     * @return how many there were
     * @throws KafkaException if the broker does not answer, or has no such topic
     */
    public static long events(String bootstrapServers, long since, BiConsumer<String, byte[]> visitor) {
        return read(bootstrapServers, Topics.EVENTS, since, record -> {
            if (record.value() != null) {
                visitor.accept(record.topic() + "-" + record.partition() + "-" + record.offset(), record.value());
            }
        });
    }

    private interface Visitor {
        void visit(ConsumerRecord<byte[], byte[]> record);
    }

    private static long read(String bootstrapServers, String topic, long since, Visitor visitor) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "hinomi-intel");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis() / 2));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, topic, since, visitor);
        } catch (WakeupException e) {
            throw e; // the visitor was told to stop
        } catch (KafkaException e) {
            throw new KafkaException(
                    "cannot read the topic '" + topic + "' of " + bootstrapServers + ": " + e.getMessage()
                            + " (is that address a Kafka broker, and has 'hinomi' or the job set up its topics?)",
                    e);
        }
    }

    private static long read(KafkaConsumer<byte[], byte[]> consumer, String topic, long since, Visitor visitor) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        List<TopicPartition> partitions = found.stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no such topic");
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        if (since < 0) {
            consumer.seekToBeginning(partitions);
        } else {
            seek(consumer, partitions, since, ends);
        }
        long count = 0;
        long giveUp = System.nanoTime() + TIMEOUT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                visitor.visit(record);
                count++;
                giveUp = System.nanoTime() + TIMEOUT.toNanos();
            }
            if (System.nanoTime() - giveUp > 0) {
                throw new TimeoutException("the broker stopped answering: see whether it runs, and try again");
            }
        }
        return count;
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            long since,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new java.util.HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = offsets.get(partition);
            consumer.seek(partition, first == null ? ends.get(partition) : first.offset());
        }
    }
}
