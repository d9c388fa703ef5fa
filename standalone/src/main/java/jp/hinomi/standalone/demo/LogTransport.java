package jp.hinomi.standalone.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import jp.hinomi.standalone.up.Addresses;

/**
 * Sends lines as devices do: web servers as BSD syslog over UDP, hosts as BSD syslog over TCP with newlines, firewalls as
 * RFC 5424 over TCP with octet counts, the IDS over HTTP. Not thread-safe.
 */
final class LogTransport implements AutoCloseable {
    private static final DateTimeFormatter BSD = DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final Addresses addresses;
    private final String token;
    private final DatagramSocket udp;
    private final Socket newlines;
    private final Socket counted;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    LogTransport(Addresses addresses, String token) throws IOException {
        this.addresses = addresses;
        this.token = token;
        this.udp = new DatagramSocket();
        this.newlines = connect();
        this.counted = connect();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(loopback, addresses.syslogTcp()), 5000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    void send(String source, String line, ZonedDateTime now) throws IOException, InterruptedException {
        if (source.startsWith("web-") || source.startsWith("city-os-gw")) {
            byte[] message = bsd(190, source, now, "nginx: " + line).getBytes(StandardCharsets.UTF_8);
            udp.send(new DatagramPacket(message, message.length, loopback, addresses.syslogUdp()));
        } else if (source.startsWith("fw-")) {
            byte[] message = "<189>1 %s %s - - - - %s"
                    .formatted(ISO.format(now), source, line)
                    .getBytes(StandardCharsets.UTF_8);
            OutputStream out = counted.getOutputStream();
            out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            out.write(message);
            out.flush();
        } else if (source.startsWith("ids-")) {
            post(source, line);
        } else {
            OutputStream out = newlines.getOutputStream();
            out.write((bsd(86, source, now, line) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static String bsd(int priority, String host, ZonedDateTime now, String content) {
        String time = BSD.format(now);
        // RFC 3164 section 4.1.2: a day below ten takes two columns.
        String padded = now.getDayOfMonth() < 10 ? time.replaceFirst(" ", "  ") : time;
        return "<" + priority + ">" + padded + " " + host + " " + content;
    }

    private void post(String source, String line) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + addresses.http() + "/ingest/" + source))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(line + "\n"))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("the HTTP receiver answered " + response.statusCode() + ": " + response.body());
        }
    }

    @Override
    public void close() throws IOException {
        try (udp;
                newlines;
                counted) {
            // Closing is all there is to do.
            udp.disconnect();
        }
    }
}
