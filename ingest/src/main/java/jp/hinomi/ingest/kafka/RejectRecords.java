package jp.hinomi.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.decode.Decoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes records of the topic {@code rejects}: original bytes and headers, plus why, by whom and from where. A record that is
 * so large that it would not fit with these keeps the beginning of its bytes, and says so: one that no topic takes would
 * stop whoever writes it. Stateless.
 */
public final class RejectRecords {
    /** Header {@code offset}: where in the record, in bytes. */
    public static final String HEADER_OFFSET = "offset";

    /** Bytes of key, headers and value together; the rest of what topics take is for the broker's own framing. */
    private static final int MOST = TopicSetup.MAX_MESSAGE_BYTES - 128 * 1024;

    /** Bytes of key and headers as received; whoever writes to Kafka directly may put anything there. */
    private static final int MOST_HEADERS = 256 * 1024;

    /** Bytes of a header that is kept though all together are too large. */
    private static final int LONGEST_HEADER = 4_096;

    /** Bytes that the lengths of name and value take, at most. */
    private static final int HEADER_FRAME = 10;

    private static final Set<String> KNOWN = Set.of(
            Topics.HEADER_SOURCE,
            Topics.HEADER_FORMAT,
            Topics.HEADER_RECEIVED_AT,
            Topics.HEADER_TRANSPORT,
            Topics.HEADER_PEER);

    /** Characters. */
    private static final int LONGEST_REASON = 8_192;

    private RejectRecords() {}

    /** For a record that was read from a {@code logs.*} topic. */
    public static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, Decoding.Rejected rejected) {
        return of(record.key(), record.value(), record.headers(), KafkaLogRecords.origin(record), rejected);
    }

    /**
     * @param key as received; may be null
     * @param headers as received; not changed
     * @param origin {@code topic-partition-offset}, or null for a record that never was in a topic
     */
    public static ProducerRecord<byte[], byte[]> of(
            byte[] key, byte[] value, Iterable<Header> headers, String origin, Decoding.Rejected rejected) {
        boolean small = size(key, headers) <= MOST_HEADERS;
        Headers all = small ? new RecordHeaders(headers) : known(headers);
        byte[] keptKey = small ? key : beginning(key, LONGEST_HEADER);
        String origins = origin == null ? "" : "; the whole record is " + origin;
        String reason = rejected.reason();
        reason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
        if (!small) {
            reason += " (headers and key were larger than " + MOST_HEADERS + " bytes and are not all kept" + origins
                    + ")";
        }
        int room = MOST - MOST_HEADERS;
        if (value != null && value.length > room) {
            reason += " (of " + value.length + " bytes only the first " + room + " are kept here" + origins + ")";
        }
        all.add(Topics.HEADER_REASON, reason.getBytes(UTF_8));
        all.add(Topics.HEADER_DECODER, rejected.decoder().getBytes(UTF_8));
        all.add(HEADER_OFFSET, Integer.toString(rejected.byteOffset()).getBytes(UTF_8));
        if (origin != null) {
            all.add(Topics.HEADER_ORIGIN, origin.getBytes(UTF_8));
        }
        return new ProducerRecord<>(Topics.REJECTS, null, keptKey, beginning(value, room), all);
    }

    private static long size(byte[] key, Iterable<Header> headers) {
        long bytes = key == null ? 0 : key.length;
        for (Header header : headers) {
            bytes += HEADER_FRAME + header.key().length() * 3L + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** Those that mean something to us, one of each and cut if need be. */
    private static Headers known(Iterable<Header> headers) {
        Headers kept = new RecordHeaders();
        for (Header header : headers) {
            if (KNOWN.contains(header.key())) {
                kept.remove(header.key());
                kept.add(header.key(), beginning(header.value(), LONGEST_HEADER));
            }
        }
        return kept;
    }

    private static byte[] beginning(byte[] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }
}
