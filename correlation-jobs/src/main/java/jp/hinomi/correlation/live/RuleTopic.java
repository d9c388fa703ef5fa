package jp.hinomi.correlation.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic {@code rules} from its beginning and goes on with what is appended. Not thread-safe. */
public final class RuleTopic implements AutoCloseable {
    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RuleTopicContent content;
    private List<TopicPartition> partitions = List.of();

    /** Takes publications as they are, whoever signed them. */
    public RuleTopic(String bootstrapServers) {
        this(bootstrapServers, TrustedKeys.EVERYBODY);
    }

    public RuleTopic(String bootstrapServers, TrustedKeys trust) {
        this(bootstrapServers, trust, publication -> {});
    }

    /** @param onlooker is told of every record of a publication, in the order of the topic */
    public RuleTopic(String bootstrapServers, TrustedKeys trust, Consumer<PublicationLog.Entry> onlooker) {
        this.bootstrapServers = bootstrapServers;
        this.content = new RuleTopicContent(trust, onlooker);
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
        polled.forEach(content::take);
        return !polled.isEmpty();
    }

    /**
     * True if nothing is waiting in the topic: by then what was written as one has been read as one.
     *
     * @throws KafkaException if the broker does not answer
     */
    public boolean isAtEnd() {
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Who published what; goes on with the topic. */
    public PublicationLog publications() {
        return content.publications();
    }

    /** The documents that stand in the topic, by key. */
    public Map<String, RuleRecord> records() {
        return content.records();
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
