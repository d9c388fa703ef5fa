package jp.hinomi.correlation.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.hinomi.correlation.kafka.TickWriter;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes logs whose append times are those of the test, in all partitions of two topics, and the ticks that tell how far
 * time has come. The job takes the time of a record from the broker and cannot tell who set it. Append times lie after the
 * clock's, so the ticks of the job itself, which bear the clock's time, move nothing.
 */
final class LogWriter implements AutoCloseable {
    static final Map<String, String> SOURCES =
            new LinkedHashMap<>(Map.of(Topics.LOGS_SERVICE, "random-01", Topics.LOGS_ASSET, "random-02"));

    private static final String FAR = Long.toString(TimeUnit.DAYS.toMillis(400));

    private final String servers;
    private final int partitions;
    private final Random random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    LogWriter(String servers, int partitions, Random random) {
        this.servers = servers;
        this.partitions = partitions;
        this.random = random;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "max.request.size", 5 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Lets the topics of logs keep the times that writers give. To be called after each submission, which mends that. */
    void takeOverTime() {
        Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        for (String topic : Topics.LOGS) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                    List.of(
                            set(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
                            set(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, FAR)));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            finish(admin.incrementalAlterConfigs(changes).all());
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** To be called in the order of append times. */
    void log(long appended, String line) {
        String topic = random.nextBoolean() ? Topics.LOGS_SERVICE : Topics.LOGS_ASSET;
        byte[] source = SOURCES.get(topic).getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>(
                topic,
                random.nextInt(partitions),
                appended,
                source,
                line.getBytes(UTF_8),
                List.of(new RecordHeader(Topics.HEADER_SOURCE, source)))));
    }

    /** Everything that was appended until then has been written. */
    void tick(long appended) {
        for (String topic : Topics.LOGS) {
            for (int partition = 0; partition < partitions; partition++) {
                sent.add(producer.send(new ProducerRecord<>(
                        topic, partition, appended, null, null, List.of(new RecordHeader(TickWriter.HEADER, new byte[] {
                            '1'
                        })))));
            }
        }
        flush();
    }

    /** @param document null = the rule is gone */
    void rule(String key, String document) {
        sent.add(producer.send(new ProducerRecord<>(
                Topics.RULES, key.getBytes(UTF_8), document == null ? null : document.getBytes(UTF_8))));
    }

    void flush() {
        producer.flush();
        sent.forEach(LogWriter::finish);
        sent.clear();
    }

    private static void finish(Future<?> future) {
        try {
            future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
