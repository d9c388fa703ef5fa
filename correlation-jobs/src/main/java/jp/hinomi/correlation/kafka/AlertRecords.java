package jp.hinomi.correlation.kafka;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.state.WrittenAlert;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.Evidence;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Alerts for the topic {@code alerts}, keyed by id. One that is too large for a record loses its oldest evidence first;
 * its count stays, and the raw logs are in Kafka under the evidence's ids.
 */
public final class AlertRecords implements KafkaRecordSerializationSchema<WrittenAlert> {
    private static final long serialVersionUID = 1;

    /** Bytes; topics take 4 MiB and more. */
    private static final int MOST = 3 << 20;

    /** Bytes of the one piece of evidence that is left of an alert which is too large even so. */
    private static final int MOST_EVIDENCE = 1 << 20;

    /** Characters of a group value then: whole logs may have become one. */
    private static final int LONGEST_GROUP_VALUE = 20_000;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(WrittenAlert alert, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(Topics.ALERTS, alert.id(), alert.json());
    }

    /** What the sink takes. */
    public static WrittenAlert written(Alert alert) {
        return new WrittenAlert(alert.id().getBytes(StandardCharsets.UTF_8), fitting(alert));
    }

    /** The alert as JSON that every topic of alerts takes. */
    public static byte[] fitting(Alert alert) {
        byte[] json = AlertJson.write(alert);
        Alert smaller = alert;
        while (json.length > MOST && smaller.evidence().size() > 1) {
            int half = smaller.evidence().size() / 2;
            smaller = with(
                    smaller,
                    smaller.group(),
                    smaller.evidence().subList(half, smaller.evidence().size()));
            json = AlertJson.write(smaller);
        }
        return json.length > MOST ? AlertJson.write(shortened(smaller)) : json;
    }

    private static Alert shortened(Alert alert) {
        Map<String, String> group = new LinkedHashMap<>();
        alert.group().forEach((name, value) -> group.put(name, EventSize.cut(value, LONGEST_GROUP_VALUE)));
        List<Evidence> evidence = alert.evidence().stream()
                .map(whole -> new Evidence(EventSize.fitting(whole.event(), MOST_EVIDENCE), whole.matched()))
                .toList();
        return with(alert, group, evidence);
    }

    private static Alert with(Alert alert, Map<String, String> group, List<Evidence> evidence) {
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
                group,
                evidence,
                alert.resources(),
                alert.indicators(),
                alert.notEvaluable());
    }
}
