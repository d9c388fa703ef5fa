package jp.hinomi.correlation.live;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What the topic {@code rules} says after its records so far. Not thread-safe. */
final class RuleTopicContent {
    private final Map<String, RuleRecord> records = new LinkedHashMap<>();
    private final PublicationLog publications;

    RuleTopicContent(TrustedKeys trust, Consumer<PublicationLog.Entry> onlooker) {
        this.publications = new PublicationLog(trust, onlooker);
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return; // compaction needs keys, so the broker does not take such a record
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (Publication.isKey(key)) {
            Header signature = record.headers().lastHeader(Topics.HEADER_SIGNATURE);
            publications.take(
                    key,
                    record.value(),
                    signature == null ? null : signature.value(),
                    text(record.headers().lastHeader(Topics.HEADER_KEY)));
            return;
        }
        if (record.value() == null) {
            records.remove(key);
            return;
        }
        String file = text(record.headers().lastHeader(Topics.HEADER_FILE));
        String pack = text(record.headers().lastHeader(Topics.HEADER_PACK));
        records.put(
                key,
                new RuleRecord(
                        key,
                        file == null ? Topics.RULES + ":" + key : file,
                        number(text(record.headers().lastHeader(Topics.HEADER_LINE))),
                        new String(record.value(), StandardCharsets.UTF_8),
                        pack == null ? "" : pack));
    }

    private static String text(Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static int number(String text) {
        return text != null && text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 1;
    }

    Map<String, RuleRecord> records() {
        return new LinkedHashMap<>(records);
    }

    PublicationLog publications() {
        return publications;
    }
}
