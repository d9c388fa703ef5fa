package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a tick, a record without a value, into every partition of the given topics again and again. One that is read
 * proves that everything appended before it has been read; without ticks a quiet partition would hold back the time of the
 * whole city, or be passed over while its records are still on their way. A thread of its own; a broker that does not
 * answer costs ticks and is tried again.
 */
public final class TickWriter implements AutoCloseable {
    /** Header that marks a tick. */
    public static final String HEADER = "tick";

    private static final Logger LOG = LoggerFactory.getLogger(TickWriter.class);

    /** New partitions are noticed after so many rounds. */
    private static final int ROUNDS_PER_LOOKUP = 20;

    private static final byte[] MARK = "1".getBytes(StandardCharsets.US_ASCII);

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<String> topics;
    private final ScheduledExecutorService clock;
    private List<PartitionInfo> partitions = List.of();
    private int round;
    private boolean failing;

    public TickWriter(String bootstrapServers, List<String> topics, Duration every) {
        this.topics = List.copyOf(topics);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "hinomi-ticks",
                        ProducerConfig.ACKS_CONFIG,
                        "1",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        false,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        5_000,
                        // A tick that could not be written in time is worthless: the next one says more.
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        4_000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        1L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hinomi-ticks");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleAtFixedRate(this::tick, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            if (round++ % ROUNDS_PER_LOOKUP == 0 || partitions.isEmpty()) {
                List<PartitionInfo> found = new ArrayList<>();
                topics.forEach(topic -> found.addAll(producer.partitionsFor(topic)));
                partitions = found;
            }
            for (PartitionInfo partition : partitions) {
                producer.send(
                        new ProducerRecord<>(
                                partition.topic(),
                                partition.partition(),
                                null,
                                null,
                                null,
                                List.of(new RecordHeader(HEADER, MARK))),
                        (written, failure) -> report(failure));
            }
        } catch (KafkaException e) {
            report(e);
        }
    }

    /** Says it once when ticks fail and once when they work again, not twice a second. */
    private synchronized void report(Exception failure) {
        if (failure != null && !failing) {
            failing = true;
            LOG.warn("Cannot write ticks; quiet partitions hold back correlation until they work again.", failure);
        } else if (failure == null && failing) {
            failing = false;
            LOG.info("Ticks are written again.");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }
}
