package jp.hinomi.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import jp.hinomi.city.Source;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.decode.Decoding;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes Kafka records of what was received: the bytes as they came, and who, when and how in headers. Stateless. */
public final class Reception {
    /** What {@code rejects} names as the decoder of records that no receiver could place. */
    public static final String DECODER = "receiver";

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Many records come within a millisecond; writing the time anew for each was over a quarter of the receiving threads. */
    private static volatile Stamp last = new Stamp(0);

    /** A time as bytes, which nobody changes. */
    private record Stamp(long millis, byte[] text) {
        Stamp(long millis) {
            this(millis, MILLIS.format(Instant.ofEpochMilli(millis)).getBytes(UTF_8));
        }
    }

    private Reception() {}

    /** @param peer address of the sender, or null */
    public static ProducerRecord<byte[], byte[]> record(
            Source source, byte[] value, String transport, String peer, long receivedMillis) {
        byte[] id = source.id().getBytes(UTF_8);
        Headers headers = headers(transport, peer, receivedMillis);
        headers.add(Topics.HEADER_SOURCE, id);
        return new ProducerRecord<>(source.topic(), null, id, value, headers);
    }

    /** @param source or null if nobody knows */
    public static ProducerRecord<byte[], byte[]> rejected(
            Source source, byte[] value, String transport, String peer, long receivedMillis, String reason) {
        byte[] id = source == null ? null : source.id().getBytes(UTF_8);
        Headers headers = headers(transport, peer, receivedMillis);
        if (id != null) {
            headers.add(Topics.HEADER_SOURCE, id);
        }
        return RejectRecords.of(id, value, headers, null, new Decoding.Rejected(DECODER, reason, 0));
    }

    private static Headers headers(String transport, String peer, long receivedMillis) {
        Headers headers = new RecordHeaders();
        headers.add(Topics.HEADER_RECEIVED_AT, stamp(receivedMillis));
        headers.add(Topics.HEADER_TRANSPORT, transport.getBytes(UTF_8));
        if (peer != null) {
            headers.add(Topics.HEADER_PEER, peer.getBytes(UTF_8));
        }
        return headers;
    }

    private static byte[] stamp(long millis) {
        Stamp stamp = last;
        if (stamp.millis() != millis) {
            stamp = new Stamp(millis);
            last = stamp;
        }
        return stamp.text();
    }
}
