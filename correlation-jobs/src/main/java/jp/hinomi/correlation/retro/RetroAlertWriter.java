package jp.hinomi.correlation.retro;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import jp.hinomi.correlation.kafka.AlertRecords;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes alerts and waits until the broker has them. */
final class RetroAlertWriter {
    private static final int MAX_REQUEST = 5 << 20;

    private final String bootstrapServers;

    RetroAlertWriter(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Writes alerts as they are made.
     *
     * @return how many
     * @throws KafkaException if the broker does not take one of them
     */
    long write(Consumer<Consumer<Alert>> alerts) {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "hinomi-intel-retro");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            alerts.accept(alert -> sent.add(producer.send(new ProducerRecord<>(
                    Topics.ALERTS, alert.id().getBytes(StandardCharsets.UTF_8), AlertRecords.fitting(alert)))));
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            return sent.size();
        } catch (ExecutionException e) {
            throw new KafkaException("the topic '" + Topics.ALERTS + "' does not take an alert", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing alerts", e);
        }
    }
}
