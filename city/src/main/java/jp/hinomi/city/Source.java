package jp.hinomi.city;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Topics;

/**
 * One thing that emits logs: an entry of {@code sources.yaml}.
 *
 * @param topic one of {@link Topics#LOGS}
 * @param format name of the decoder
 * @param zone for time stamps that name none
 * @param charset of the text
 * @param expectEvery how long silence may last before it is a finding
 * @param resource id of the resource that emits these logs, so that an alert can name its observer
 * @param senders how receivers recognise this source: host names or addresses in syslog headers, or addresses of peers;
 *     the source's id is always recognised as a host name
 * @param certificates if there are any, receivers believe that a message is of this source only from whoever shows a client
 *     certificate with one of these names
 */
public record Source(
        String id,
        String topic,
        String format,
        ZoneId zone,
        Charset charset,
        Optional<Duration> expectEvery,
        Optional<String> resource,
        List<String> senders,
        List<String> certificates) {
    public Source {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(charset, "charset");
        senders = List.copyOf(senders);
        certificates = List.copyOf(certificates);
        if (!Topics.LOGS.contains(topic)) {
            throw new IllegalArgumentException("source " + id + ": '" + topic + "' is not a topic for logs");
        }
    }

    /** A source that needs no certificate. */
    public Source(
            String id,
            String topic,
            String format,
            ZoneId zone,
            Charset charset,
            Optional<Duration> expectEvery,
            Optional<String> resource,
            List<String> senders) {
        this(id, topic, format, zone, charset, expectEvery, resource, senders, List.of());
    }
}
