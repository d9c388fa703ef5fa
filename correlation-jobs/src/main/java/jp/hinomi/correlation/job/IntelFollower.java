package jp.hinomi.correlation.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.intel.IntelIndex;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic {@code threat-intel} in a thread of its own and keeps an index up to date, which any number of threads
 * read. What cannot be used is logged and counted; the other indicators work.
 */
final class IntelFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IntelFollower.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long RETRY_MILLIS = 2_000;

    /** Said in the log one by one; more are only counted, since a feed may be wrong as a whole. */
    private static final int MOST_TOLD = 20;

    private final String bootstrapServers;
    private final IntelIndex index = new IntelIndex();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> reading;
    private volatile long refused;
    /** Of the next record to read, by partition: where a new consumer goes on. */
    private final Map<TopicPartition, Long> positions = new java.util.HashMap<>();

    IntelFollower(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.thread = new Thread(this::run, "hinomi-intel");
        thread.setDaemon(true);
        // Kafka finds its classes where the job's are, also on a cluster that loads those apart.
        thread.setContextClassLoader(IntelFollower.class.getClassLoader());
        thread.start();
    }

    IntelIndex index() {
        return index;
    }

    /** Records that are no indicators, or none that can be looked for. */
    long refused() {
        return refused;
    }

    /** Waits until the topic has been read up to its end for the first time; false if that took too long. */
    boolean await(Duration atMost) {
        try {
            return loaded.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        boolean failing = false;
        while (!isClosed()) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                reading = consumer;
                List<TopicPartition> partitions = assign(consumer);
                catchUp(consumer, partitions);
                if (loaded.getCount() > 0 || failing) {
                    LOG.info("Threat intelligence: {} indicators", index.size());
                }
                failing = false;
                loaded.countDown();
                while (!isClosed()) {
                    poll(consumer);
                }
                consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            } catch (RuntimeException e) {
                if (!failing && !isClosed()) {
                    failing = true;
                    LOG.warn(
                            "Cannot read the topic '{}' of {}; the {} indicators that are known stay in force, and it is"
                                    + " tried again.",
                            Topics.THREAT_INTEL,
                            bootstrapServers,
                            index.size(),
                            e);
                }
                pause();
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "hinomi-intel");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<TopicPartition> assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.THREAT_INTEL, ANSWER).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic '" + Topics.THREAT_INTEL + "'");
        }
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition);
            if (position == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, position);
            }
        }
        return partitions;
    }

    private void catchUp(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        while (!isClosed()
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(consumer);
        }
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.poll(POLL).forEach(this::take);
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return; // compaction needs keys, so the broker does not take such a record
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            index.remove(key);
            return;
        }
        try {
            index.put(IndicatorJson.read(record.value()));
        } catch (EventFormatException | IllegalArgumentException e) {
            refused++;
            if (refused <= MOST_TOLD) {
                LOG.warn(
                        "The indicator '{}' (offset {} of '{}') is not looked for: {}{}",
                        key,
                        record.offset(),
                        Topics.THREAT_INTEL,
                        e.getMessage(),
                        refused == MOST_TOLD ? " — of more, only the metric 'intelRefused' tells" : "");
            }
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
