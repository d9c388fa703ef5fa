package jp.hinomi.ingest.kafka;

import java.util.List;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Topics;
import org.apache.kafka.common.KafkaException;

/** Reads the topic {@code source-health}. */
public final class SourceHealthTopic {
    private SourceHealthTopic() {}

    /**
     * The newest health of each source, by its id, as the topic stands now.
     *
     * @throws KafkaException if the broker does not answer within 20 s
     * @throws jp.hinomi.events.EventFormatException if a record is not the health of a source
     */
    public static List<SourceHealth> read(String bootstrapServers) {
        return CompactedTopic.read(bootstrapServers, Topics.SOURCE_HEALTH).values().stream()
                .map(SourceHealthJson::read)
                .toList();
    }
}
