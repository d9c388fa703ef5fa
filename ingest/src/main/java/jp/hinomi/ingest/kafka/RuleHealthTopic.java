package jp.hinomi.ingest.kafka;

import java.util.List;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.Topics;
import org.apache.kafka.common.KafkaException;

/** Reads the topic {@code rule-health}. */
public final class RuleHealthTopic {
    private RuleHealthTopic() {}

    /**
     * The newest health of each rule, by its name, as the topic stands now.
     *
     * @throws KafkaException if the broker does not answer within 20 s
     * @throws jp.hinomi.events.EventFormatException if a record is not the health of a rule
     */
    public static List<RuleHealth> read(String bootstrapServers) {
        return CompactedTopic.read(bootstrapServers, Topics.RULE_HEALTH).values().stream()
                .map(RuleHealthJson::read)
                .toList();
    }
}
