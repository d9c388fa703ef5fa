package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.Evidence;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Alerts for the topic {@code alerts}, keyed by id. One that is too large for a record loses its oldest evidence first;
 * its count stays, and the raw logs are in Kafka under the evidence's ids.
 */
final class AlertRecords implements KafkaRecordSerializationSchema<Alert> {
    private static final long serialVersionUID = 1;

    /** Bytes; topics take 4 MiB and more. */
    private static final int MOST = 3 << 20;

    /** Characters of a text field in evidence that alone is too large. */
    private static final int LONGEST_TEXT = 20_000;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Alert alert, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(Topics.ALERTS, alert.id().getBytes(StandardCharsets.UTF_8), fitting(alert));
    }

    static byte[] fitting(Alert alert) {
        byte[] json = AlertJson.write(alert);
        Alert smaller = alert;
        while (json.length > MOST && smaller.evidence().size() > 1) {
            int half = smaller.evidence().size() / 2;
            smaller = with(
                    smaller, smaller.evidence().subList(half, smaller.evidence().size()));
            json = AlertJson.write(smaller);
        }
        if (json.length > MOST) {
            json = AlertJson.write(with(
                    smaller,
                    smaller.evidence().stream().map(AlertRecords::shortened).toList()));
        }
        return json;
    }

    private static Evidence shortened(Evidence evidence) {
        SecurityEvent.Builder event = evidence.event().toBuilder();
        evidence.event().forEach((name, value) -> {
            if (value instanceof String text && text.length() > LONGEST_TEXT) {
                event.put(Fields.of(name), text.substring(0, LONGEST_TEXT) + "…");
            }
        });
        return new Evidence(event.build(), evidence.matched());
    }

    private static Alert with(Alert alert, List<Evidence> evidence) {
        return new Alert(
                alert.id(),
                alert.revision(),
                alert.time(),
                alert.first(),
                alert.last(),
                alert.count(),
                alert.rule(),
                alert.severity(),
                alert.tlp(),
                alert.group(),
                evidence,
                alert.resources(),
                alert.indicators(),
                alert.notEvaluable());
    }
}
