package jp.hinomi.correlation.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic {@code rules} from its beginning and goes on with what is appended. Not thread-safe. */
public final class RuleTopic implements AutoCloseable {
    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, RuleRecord> records = new LinkedHashMap<>();
    private List<TopicPartition> partitions = List.of();

    public RuleTopic(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "hinomi-rules");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads up to what is the end now.
     *
     * @throws KafkaException if that takes longer than {@code atMost}
     */
    public void catchUp(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            if (partitions.isEmpty()) {
                partitions = consumer.partitionsFor(Topics.RULES, atMost).stream()
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
            }
            if (partitions.isEmpty()) {
                throw new KafkaException("there is no such topic");
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, atMost);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("its end was not reached within " + atMost.toSeconds() + " s");
                }
                poll(Duration.ofMillis(100));
            }
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw new KafkaException(
                    "cannot read the topic '" + Topics.RULES + "' of " + bootstrapServers + ": " + e.getMessage()
                            + " (is that address a Kafka broker, and has 'hinomi' or the job set up its topics?)",
                    e);
        }
    }

    /** Waits for records; true if any came. */
    public boolean poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(atMost);
        polled.forEach(this::take);
        return !polled.isEmpty();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return; // compaction needs keys, so the broker does not take such a record
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            records.remove(key);
            return;
        }
        String file = text(record.headers().lastHeader(Topics.HEADER_FILE));
        records.put(
                key,
                new RuleRecord(
                        key,
                        file == null ? Topics.RULES + ":" + key : file,
                        number(text(record.headers().lastHeader(Topics.HEADER_LINE))),
                        new String(record.value(), StandardCharsets.UTF_8)));
    }

    private static String text(Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static int number(String text) {
        return text != null && text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 1;
    }

    /** What the topic says, by key. */
    public Map<String, RuleRecord> records() {
        return new LinkedHashMap<>(records);
    }

    /** Ends what another thread waits for here, with an exception there. The one method that is thread-safe. */
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
