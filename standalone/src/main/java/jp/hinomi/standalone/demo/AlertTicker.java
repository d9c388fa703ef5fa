package jp.hinomi.standalone.demo;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic of alerts from now on and tells each alert once. */
final class AlertTicker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertTicker.class);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<Alert> tell;
    private final Set<String> told = new HashSet<>();
    private final Thread thread = new Thread(this::run, "demo-alerts");

    /** @param tell called from a thread of its own */
    AlertTicker(String kafka, Consumer<Alert> tell) {
        this.tell = tell;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "default.api.timeout.ms", 20_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(new TopicPartition(Topics.ALERTS, 0));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the position does it now, before the first alert.
        partitions.forEach(consumer::position);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    read(record);
                }
            }
        } catch (WakeupException stopped) {
            LOG.debug("told {} alerts", told.size());
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            Alert alert = AlertJson.read(record.value());
            if (told.add(alert.id())) {
                tell.accept(alert);
            }
        } catch (EventFormatException e) {
            LOG.warn("an alert at offset {} cannot be read", record.offset(), e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
