package jp.hinomi.ingest.receive;

import java.time.Duration;
import java.util.Objects;
import jp.hinomi.city.City;

/**
 * What the receivers listen on and where they write.
 *
 * @param city whose sources are recognised
 * @param bootstrapServers of Kafka
 * @param host address to listen on, such as {@code 0.0.0.0} or {@code ::}
 * @param syslogUdpPort 0 for any free one, {@link #OFF} for none
 * @param syslogTcpPort 0 for any free one, {@link #OFF} for none
 * @param httpPort 0 for any free one, {@link #OFF} for none
 * @param httpToken bearer token that {@code POST /ingest/{source}} must carry
 * @param maxLineBytes longer lines go to {@code rejects}, cut to this length
 * @param maxRequestBytes longer HTTP bodies, after decompression, are refused with 413
 * @param bufferBytes how much may wait for Kafka's acknowledgement before TCP senders are held back, HTTP answers 503 and
 *     datagrams are dropped (and counted)
 * @param acknowledgeWithin how long an HTTP request waits for Kafka before it is answered with 503
 */
public record ReceiverSettings(
        City city,
        String bootstrapServers,
        String host,
        int syslogUdpPort,
        int syslogTcpPort,
        int httpPort,
        String httpToken,
        int maxLineBytes,
        int maxRequestBytes,
        long bufferBytes,
        Duration acknowledgeWithin) {
    /** A port that is not opened. */
    public static final int OFF = -1;

    public ReceiverSettings {
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(acknowledgeWithin, "acknowledgeWithin");
        checkPort(syslogUdpPort, "syslog UDP");
        checkPort(syslogTcpPort, "syslog TCP");
        checkPort(httpPort, "HTTP");
        if (httpPort != OFF && (httpToken == null || httpToken.isBlank())) {
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

    /** The default ports 5514 (UDP and TCP) and 8088 (HTTP) on all interfaces, lines up to 2 MiB. */
    public static ReceiverSettings of(City city, String bootstrapServers, String httpToken) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                "0.0.0.0",
                5514,
                5514,
                8088,
                httpToken,
                2 * 1024 * 1024,
                16 * 1024 * 1024,
                32L * 1024 * 1024,
                Duration.ofSeconds(30));
    }

    /** The same with other ports. */
    public ReceiverSettings withPorts(int syslogUdp, int syslogTcp, int http) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                host,
                syslogUdp,
                syslogTcp,
                http,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bufferBytes,
                acknowledgeWithin);
    }

    /** The same on another address. */
    public ReceiverSettings withHost(String address) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                address,
                syslogUdpPort,
                syslogTcpPort,
                httpPort,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bufferBytes,
                acknowledgeWithin);
    }

    /** The same with other bounds on what waits for Kafka. */
    public ReceiverSettings withBuffer(long bytes, Duration acknowledge) {
        return new ReceiverSettings(
                city,
                bootstrapServers,
                host,
                syslogUdpPort,
                syslogTcpPort,
                httpPort,
                httpToken,
                maxLineBytes,
                maxRequestBytes,
                bytes,
                acknowledge);
    }

    private static void checkPort(int port, String name) {
        if (port < OFF || port > 65535) {
            throw new IllegalArgumentException(
                    "the " + name + " port must be 1–65535, 0 for any free one or -1 for none, not " + port);
        }
    }
}
