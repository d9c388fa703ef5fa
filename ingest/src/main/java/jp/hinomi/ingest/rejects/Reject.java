package jp.hinomi.ingest.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.KafkaLogRecords;
import jp.hinomi.ingest.kafka.Reception;
import jp.hinomi.ingest.kafka.RejectRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record of the topic {@code rejects}. */
public record Reject(ConsumerRecord<byte[], byte[]> record) {
    private static final Set<String> OURS =
            Set.of(Topics.HEADER_REASON, Topics.HEADER_DECODER, Topics.HEADER_ORIGIN, RejectRecords.HEADER_OFFSET);

    /** {@code rejects-partition-offset}. */
    public String id() {
        return KafkaLogRecords.origin(record);
    }

    /** When it was rejected, in milliseconds since the epoch. */
    public long millis() {
        return record.timestamp();
    }

    public byte[] line() {
        return record.value() == null ? new byte[0] : record.value();
    }

    /** The id of the source, if anybody knows. */
    public Optional<String> source() {
        return header(Topics.HEADER_SOURCE)
                .or(() -> Optional.ofNullable(record.key()).map(key -> new String(key, UTF_8)));
    }

    public String reason() {
        return header(Topics.HEADER_REASON).orElse("");
    }

    public String decoder() {
        return header(Topics.HEADER_DECODER).orElse("");
    }

    /** Where in the line, in bytes. */
    public int byteOffset() {
        try {
            return Integer.parseInt(header(RejectRecords.HEADER_OFFSET).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** {@code topic-partition-offset} of the refused record; empty for what never was in a topic of logs. */
    public Optional<String> origin() {
        return header(Topics.HEADER_ORIGIN);
    }

    public Optional<String> header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    /** Whether only the beginning of what came is here. */
    public boolean isCut() {
        return reason().startsWith("truncated: ")
                || reason().contains(" are kept here")
                || reason().contains("only its beginning is kept")
                || reason().contains("are not all kept");
    }

    /** Whether a receiver refused it, so that nobody has tried to decode it. */
    public boolean isOfReceiver() {
        return decoder().equals(Reception.DECODER);
    }

    /** The headers that it came with. */
    Headers originalHeaders() {
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!OURS.contains(header.key()) && !header.key().equals(Topics.HEADER_REPLAYED_FROM)) {
                headers.add(header);
            }
        }
        return headers;
    }
}
