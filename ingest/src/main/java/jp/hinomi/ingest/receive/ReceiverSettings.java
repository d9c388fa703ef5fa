package jp.hinomi.ingest.receive;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.City;

/**
 * What the receivers listen on and where they write.
 *
 * @param city whose sources are recognised
 * @param bootstrapServers of Kafka
 * @param host address to listen on, such as {@code 0.0.0.0} or {@code ::}
 * @param tls the server's certificate; without one nothing listens for TLS
 * @param httpToken bearer token that {@code POST /ingest/{source}} must carry
 * @param maxLineBytes longer lines go to {@code rejects}, cut to this length
 * @param maxRequestBytes longer HTTP bodies, after decompression, are refused with 413
 * @param bufferBytes how much may wait for Kafka's acknowledgement before TCP senders are held back, HTTP answers 503 and
 *     datagrams go to the spool
 * @param acknowledgeWithin how long an HTTP request waits for Kafka before it is answered with 503
 * @param spool where datagrams wait; without one, those that do not fit are dropped and counted
 */
public record ReceiverSettings(
        City city,
        String bootstrapServers,
        String host,
        ReceiverPorts ports,
        Optional<TlsSettings> tls,
        String httpToken,
        int maxLineBytes,
        int maxRequestBytes,
        long bufferBytes,
        Duration acknowledgeWithin,
        Optional<SpoolSettings> spool) {
    public ReceiverSettings {
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(acknowledgeWithin, "acknowledgeWithin");
        Objects.requireNonNull(spool, "spool");
        if (tls.isEmpty()) {
            ports = ports.withoutTls();
        }
        if (ports.http() != ReceiverPorts.OFF && (httpToken == null || httpToken.isBlank())) {
            throw new IllegalArgumentException("the HTTP receiver needs a token: set one, or switch HTTP off");
        }
        if (maxLineBytes < 1024 || maxLineBytes > 4 * 1024 * 1024) {
            throw new IllegalArgumentException("the longest line must be between 1 KiB and 4 MiB, not " + maxLineBytes);
        }
        if (maxRequestBytes < maxLineBytes || bufferBytes < 2L * maxLineBytes) {
            throw new IllegalArgumentException(
                    "a request must have room for one line, and the buffer for two: " + maxLineBytes + " bytes each");
        }
    }

    /** {@linkplain ReceiverPorts#USUAL The usual ports} on all interfaces, without TLS and spool, lines up to 2 MiB. */
    public static ReceiverSettings of(City city, String bootstrapServers, String httpToken) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                "0.0.0.0",
                ReceiverPorts.USUAL,
                Optional.empty(),
                httpToken,
                2 * 1024 * 1024,
                16 * 1024 * 1024,
                32L * 1024 * 1024,
                Duration.ofSeconds(30),
                Optional.empty());
    }

    /** The same with other ports. */
    public ReceiverSettings withPorts(ReceiverPorts other) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                host,
                other,
                tls,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bufferBytes,
                acknowledgeWithin,
                spool);
    }

    /** The same with a certificate. Choose the ports after it. */
    public ReceiverSettings withTls(TlsSettings certificate) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                host,
                ports,
                Optional.of(certificate),
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bufferBytes,
                acknowledgeWithin,
                spool);
    }

    /** The same on another address. */
    public ReceiverSettings withHost(String address) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                address,
                ports,
                tls,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bufferBytes,
                acknowledgeWithin,
                spool);
    }

    /** The same with other bounds on what waits for Kafka. */
    public ReceiverSettings withBuffer(long bytes, Duration acknowledge) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                host,
                ports,
                tls,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bytes,
                acknowledge,
                spool);
    }

    /** The same with datagrams that can wait. */
    public ReceiverSettings withSpool(SpoolSettings place) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                host,
                ports,
                tls,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bufferBytes,
                acknowledgeWithin,
                Optional.of(place));
    }
}
