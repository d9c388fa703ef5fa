package jp.hinomi.benchmarks.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import jp.hinomi.benchmarks.input.CityLogs;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A real broker with logs in its topics, appended over the time before now at a steady rate: a job that reads them has a
 * backlog to catch up with, and event time passes in it as it does in operation.
 */
final class LoadedBroker implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final int EVENTS_PER_SECOND = 1_667;

    private final EmbeddedKafka kafka;
    private final int events;

    private LoadedBroker(EmbeddedKafka kafka, int events) {
        this.kafka = kafka;
        this.events = events;
    }

    static LoadedBroker start(Path folder, CityLogs logs, int events) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        TopicSetup.ensure(kafka.bootstrapServers(), PARTITIONS);
        appendTimesAreOurs(kafka);
        LoadedBroker broker = new LoadedBroker(kafka, events);
        broker.load(logs);
        return broker;
    }

    /** A broker stamps records itself; here it takes our stamps, so that ten minutes need not pass. */
    private static void appendTimesAreOurs(EmbeddedKafka kafka) throws Exception {
        AlterConfigOp change = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new HashMap<>();
            Topics.LOGS.forEach(
                    topic -> changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    /**
     * Waits until the broker does as it was told, a moment after it said so: records that it stamped itself would be late,
     * and late ones cost less. What asked is deleted again.
     */
    private void awaitOurTimes(KafkaProducer<byte[], byte[]> producer, long before) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        Map<TopicPartition, RecordsToDelete> asked = new HashMap<>();
        for (String topic : Topics.LOGS) {
            while (producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, before, new byte[0], null))
                            .get()
                            .timestamp()
                    != before) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the broker goes on stamping the records of " + topic);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            asked.put(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.deleteRecords(asked).all().get();
        }
    }

    /** Puts that many indicators into {@code threat-intel}. */
    void loadIndicators(int count, IntFunction<Indicator> indicators) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < count; i++) {
                Indicator indicator = indicators.apply(i);
                producer.send(new ProducerRecord<>(
                        Topics.THREAT_INTEL,
                        indicator.id().getBytes(StandardCharsets.UTF_8),
                        IndicatorJson.write(indicator)));
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "linger.ms",
                        20,
                        "batch.size",
                        1 << 18,
                        "buffer.memory",
                        64L << 20,
                        "acks",
                        "1",
                        "enable.idempotence",
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void load(CityLogs logs) throws Exception {
        long start = System.currentTimeMillis() - events * 1_000L / EVENTS_PER_SECOND;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            awaitOurTimes(producer, start);
            for (int i = 0; i < events; i++) {
                long at = start + i * 1_000L / EVENTS_PER_SECOND;
                CityLogs.Line line = logs.next(at);
                // A source's records keep to one partition in operation; here there is one source per topic, so they
                // take turns.
                producer.send(new ProducerRecord<>(
                        line.topic(),
                        i / 100 % PARTITIONS,
                        at,
                        line.source().getBytes(StandardCharsets.UTF_8),
                        line.value()));
            }
        }
    }

    String address() {
        return kafka.bootstrapServers();
    }

    int events() {
        return events;
    }

    /** How many alerts have been written so far, revisions included. */
    long alerts() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            TopicPartition alerts = new TopicPartition(Topics.ALERTS, 0);
            return admin.listOffsets(Map.of(alerts, OffsetSpec.latest()))
                    .partitionResult(alerts)
                    .get()
                    .offset();
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
