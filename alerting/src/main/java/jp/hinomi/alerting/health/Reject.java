package jp.hinomi.alerting.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that could not be used, as the topic {@code rejects} tells of it. The whole of it stays in the topic.
 *
 * @param source the id that it came under, {@code unknown} if nobody knows
 * @param kind the reason without what differs from record to record
 * @param origin {@code topic-partition-offset} of the refused record, if it ever stood in a topic
 * @param byteOffset where in the record, if the decoder said
 * @param size of the record in bytes
 * @param beginning of its bytes
 * @param replayedFrom {@code rejects-partition-offset} of the reject that it was, if it was sent again
 */
public record Reject(
        int partition,
        long offset,
        Instant at,
        String source,
        String decoder,
        String reason,
        String kind,
        Optional<String> origin,
        OptionalLong byteOffset,
        int size,
        byte[] beginning,
        Optional<String> replayedFrom) {
    /** Bytes of a record that are kept for the eye. */
    static final int SAMPLE = 1_024;

    /** Header {@code offset}: where in the record, in bytes. */
    private static final String HEADER_OFFSET = "offset";

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_KIND = 200;
    private static final int LONGEST_NAME = 200;

    /** What differs from record to record: quoted text, numbers, addresses. */
    private static final Pattern PARTICULAR =
            Pattern.compile("'[^']*'|\"[^\"]*\"|\\b[0-9a-fA-F:.]*[0-9][0-9a-fA-F:.]*\\b");

    public static Reject of(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        String reason = cut(header(record, Topics.HEADER_REASON).orElse(""), LONGEST_REASON);
        return new Reject(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                header(record, Topics.HEADER_SOURCE)
                        .or(() -> Optional.ofNullable(record.key()).map(key -> new String(key, UTF_8)))
                        .map(id -> cut(id, LONGEST_NAME))
                        .orElse("unknown"),
                header(record, Topics.HEADER_DECODER)
                        .map(name -> cut(name, LONGEST_NAME))
                        .orElse(""),
                reason,
                cut(PARTICULAR.matcher(reason).replaceAll("…"), LONGEST_KIND),
                header(record, Topics.HEADER_ORIGIN).map(origin -> cut(origin, LONGEST_NAME)),
                header(record, HEADER_OFFSET).map(Reject::number).orElse(OptionalLong.empty()),
                value.length,
                Arrays.copyOf(value, Math.min(SAMPLE, value.length)),
                header(record, Topics.HEADER_REPLAYED_FROM).map(from -> cut(from, LONGEST_NAME)));
    }

    /** Its beginning as text; what is no UTF-8 shows as U+FFFD. */
    public String text() {
        return new String(beginning, UTF_8);
    }

    public boolean isCut() {
        return size > beginning.length;
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header).map(Header::value).map(value -> new String(value, UTF_8));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "…";
    }
}
