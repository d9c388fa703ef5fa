package jp.hinomi.standalone.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sends syslog over TCP as rsyslog does: RFC 5424 with octet counts, or RFC 3164 with newlines. */
final class SyslogClient implements AutoCloseable {
    /** RFC 3164: a day below ten is padded with a space, an hour is not. */
    private static final DateTimeFormatter BSD = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private static final ZoneId CITY = ZoneId.of("Asia/Tokyo");

    private final Socket socket;

    SyslogClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    void octetCounted(String host, String program, Instant at, String message) throws IOException {
        byte[] frame = "<86>1 %s %s %s 4242 - - %s"
                .formatted(at, host, program, message)
                .getBytes(StandardCharsets.UTF_8);
        write((frame.length + " ").getBytes(StandardCharsets.US_ASCII), frame);
    }

    void newline(String host, String program, Instant at, String message) throws IOException {
        String time = BSD.format(at.atZone(CITY));
        write("<190>%s %s %s: %s\n".formatted(time, host, program, message).getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[]... parts) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
