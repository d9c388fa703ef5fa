package jp.hinomi.correlation.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads a topic from its beginning and writes to others, as a user with kcat would. */
public final class Topic implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    public Topic(String bootstrapServers, String name) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        settings.put("linger.ms", "0");
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Appends a line of the source; returns when the broker appended it, in milliseconds since the epoch. */
    public long send(String topic, String source, byte[] line) {
        try {
            RecordMetadata written = producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            null,
                            source.getBytes(UTF_8),
                            line,
                            List.of(new RecordHeader(Topics.HEADER_SOURCE, source.getBytes(UTF_8)))))
                    .get(30, TimeUnit.SECONDS);
            return written.timestamp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #send}, without waiting for the broker; what is sent later comes after it. */
    public void sendLater(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
    }

    /** Everything in the topic so far. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
        return seen;
    }

    /** Everything that is in the topic by now. */
    public List<ConsumerRecord<byte[], byte[]>> recordsToTheEnd() {
        consumer.endOffsets(consumer.assignment()).forEach((partition, end) -> {
            while (consumer.position(partition) < end) {
                records();
            }
        });
        return seen;
    }

    /** The newest revision of each alert so far, by id. */
    public Map<String, Alert> alerts() {
        Map<String, Alert> alerts = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            Alert alert = AlertJson.read(record.value());
            alerts.merge(alert.id(), alert, (kept, next) -> next.revision() >= kept.revision() ? next : kept);
        }
        return alerts;
    }

    /** The alerts of the rule, at their newest revision. */
    public List<Alert> alerts(String rule) {
        return alerts().values().stream()
                .filter(alert -> alert.rule().name().equals(rule))
                .toList();
    }

    /** When the broker appended the first revision of the alert. */
    public long appended(String alertId) {
        return records().stream()
                .filter(record -> new String(record.key(), UTF_8).equals(alertId))
                .mapToLong(ConsumerRecord::timestamp)
                .min()
                .orElseThrow();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
