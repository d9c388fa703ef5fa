package jp.hinomi.correlation.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Topics;
import jp.hinomi.events.signing.SigningKey;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of a topic {@code rules} in their order, as publishers and others write them, and what a job makes of them. */
final class PublishedTopic {
    private final TrustedKeys trust;
    private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    private RuleTopicContent content;
    private int read;
    private Map<String, RuleRecord> inForce = Map.of();

    PublishedTopic(TrustedKeys trust) {
        this.trust = trust;
        this.content = new RuleTopicContent(trust, entry -> {});
    }

    /** What a publisher writes who changes the pack from one state to another. */
    static List<ProducerRecord<byte[], byte[]>> publication(
            String pack, int number, Map<String, String> before, Map<String, String> after, SigningKey key) {
        Map<String, RuleRecord> changes = new LinkedHashMap<>();
        List<Publication.Document> documents = new ArrayList<>();
        after.forEach((id, text) -> {
            documents.add(new Publication.Document(id, Publication.sha256(text), id, "v", "stable"));
            if (!text.equals(before.get(id))) {
                changes.put(id, new RuleRecord(id, id + ".yml", 1, text, pack));
            }
        });
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> changes.put(id, null));
        return RuleWriter.records(
                changes,
                new Publication(
                        pack,
                        number,
                        Instant.EPOCH.plusSeconds(number),
                        "alice",
                        "test",
                        "",
                        Publication.Tested.NOT,
                        documents),
                Optional.ofNullable(key));
    }

    static ProducerRecord<byte[], byte[]> tombstone(String key) {
        return new ProducerRecord<>(Topics.RULES, key.getBytes(UTF_8), null);
    }

    static ProducerRecord<byte[], byte[]> document(String key, String text, String pack) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.RULES, key.getBytes(UTF_8), text.getBytes(UTF_8));
        if (!pack.isEmpty()) {
            record.headers().add(Topics.HEADER_PACK, pack.getBytes(UTF_8));
        }
        return record;
    }

    static String key(ProducerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    void write(List<ProducerRecord<byte[], byte[]>> records) {
        written.addAll(records);
    }

    List<ProducerRecord<byte[], byte[]>> written() {
        return List.copyOf(written);
    }

    /** What the broker does in time: of each key only the newest stays, where it is. */
    void compact() {
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            last.put(key(written.get(i)), i);
        }
        List<ProducerRecord<byte[], byte[]>> kept = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            if (last.get(key(written.get(i))) == i) {
                kept.add(written.get(i));
            }
        }
        written.clear();
        written.addAll(kept);
    }

    /** A job that starts knows nothing but the topic. */
    void restart() {
        content = new RuleTopicContent(trust, entry -> {});
        read = 0;
        inForce = Map.of();
    }

    /** The broker was away: the job reads the topic again, and knows what it knew. */
    void readAgain() {
        Map<String, Publication> counted = content.publications().newest();
        content = new RuleTopicContent(trust, entry -> {});
        content.publications().remember(counted);
        read = 0;
    }

    /** The job reads on; returns what it refuses. */
    TrustedRecords.Decision follow() {
        for (; read < written.size(); read++) {
            ProducerRecord<byte[], byte[]> record = written.get(read);
            content.take(new ConsumerRecord<>(
                    Topics.RULES,
                    0,
                    read,
                    0,
                    org.apache.kafka.common.record.TimestampType.LOG_APPEND_TIME,
                    0,
                    0,
                    record.key(),
                    record.value(),
                    record.headers(),
                    Optional.empty()));
        }
        TrustedRecords.Decision decision = TrustedRecords.decide(content.records(), content.publications(), inForce);
        inForce = decision.records();
        return decision;
    }

    /** Texts by key. */
    Map<String, String> inForce() {
        Map<String, String> texts = new HashMap<>();
        inForce.forEach((key, record) -> texts.put(key, record.text()));
        return texts;
    }

    PublicationLog publications() {
        return content.publications();
    }
}
