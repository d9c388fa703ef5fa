package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Sends syslog messages of some 200 bytes as fast as they are taken; a process of its own, so that it does not count as a cost
 * of the receivers. It says {@code ready}, waits for a line, and ends after the last message. Arguments: kind, port, messages, and for TLS
 * the file of the authority's certificate.
 */
final class LoadSender {
    static final String READY = "ready";

    /** librelp's own default. */
    private static final int RELP_WINDOW = 128;

    private static final int BUFFER = 64 * 1024;
    private static final byte[][] MESSAGES = messages();

    private LoadSender() {}

    /** How messages are framed. */
    enum Kind {
        LINES,
        COUNTED,
        DATAGRAMS,
        RELP
    }

    static ProcessBuilder process(Kind kind, int port, int messages, Path authority) {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                LoadSender.class.getName(),
                kind.name(),
                Integer.toString(port),
                Integer.toString(messages));
        if (authority != null) {
            process.command().add(authority.toString());
        }
        return process.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        if (kind == Kind.DATAGRAMS) {
            try (DatagramSocket socket = new DatagramSocket()) {
                awaitStart();
                datagrams(socket, port, messages);
            }
            return;
        }
        try (Socket socket = connect(port, arguments.length > 3 ? new File(arguments[3]) : null);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
            if (kind == Kind.RELP) {
                relp(socket.getInputStream(), out, messages);
                return;
            }
            awaitStart();
            for (int i = 0; i < messages; i++) {
                byte[] message = MESSAGES[i % MESSAGES.length];
                if (kind == Kind.COUNTED) {
                    out.write((message.length + " ").getBytes(US_ASCII));
                }
                out.write(message);
                if (kind == Kind.LINES) {
                    out.write('\n');
                }
            }
        }
    }

    private static void awaitStart() throws IOException {
        System.out.println(READY);
        if (System.in.read() < 0) {
            throw new IOException("whoever measures is gone");
        }
    }

    private static Socket connect(int port, File authority) throws IOException {
        if (authority == null) {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        }
        JdkSslContext context = (JdkSslContext) SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(authority)
                .build();
        return context.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    private static void datagrams(DatagramSocket socket, int port, int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            byte[] message = MESSAGES[i % MESSAGES.length];
            socket.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    private static void relp(InputStream in, OutputStream out, int messages) throws IOException, InterruptedException {
        String offers = "relp_version=0\nrelp_software=load\ncommands=syslog";
        out.write(("1 open " + offers.length() + " " + offers + "\n").getBytes(US_ASCII));
        out.flush();
        byte[] answer = new byte[BUFFER];
        if (in.read(answer) < 0) {
            throw new IOException("the receiver has closed the connection");
        }
        awaitStart();
        Semaphore window = new Semaphore(RELP_WINDOW);
        Thread reader = new Thread(() -> answers(in, window, messages), "answers");
        reader.start();
        for (int i = 0; i < messages; i++) {
            if (!window.tryAcquire()) {
                out.flush();
                window.acquire();
            }
            byte[] message = MESSAGES[i % MESSAGES.length];
            out.write(((i + 2) + " syslog " + message.length + " ").getBytes(US_ASCII));
            out.write(message);
            out.write('\n');
        }
        out.flush();
        reader.join();
    }

    /** Every answer is {@code TXNR rsp 6 200 OK} and a line feed. */
    private static void answers(InputStream in, Semaphore window, int messages) {
        byte[] bytes = new byte[BUFFER];
        int heard = 0;
        try {
            while (heard < messages) {
                int read = in.read(bytes);
                if (read < 0) {
                    throw new IOException("the receiver has closed the connection");
                }
                int lines = 0;
                for (int i = 0; i < read; i++) {
                    lines += bytes[i] == '\n' ? 1 : 0;
                }
                heard += lines;
                window.release(lines);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[][] messages() {
        byte[][] messages = new byte[1000][];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = String.format(
                            Locale.ROOT,
                            "<134>1 2026-04-01T10:%02d:%02d.%03d+09:00 web-%02d nginx %d - - 203.0.113.%d - -"
                                    + " [01/Apr/2026:10:00:00 +0900] \"GET /services/%x/documents?page=%d HTTP/1.1\" 200 %d"
                                    + " \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"",
                            i / 60 % 60,
                            i % 60,
                            i,
                            i % 20,
                            1000 + i % 7,
                            i % 250,
                            i * 2_654_435_761L,
                            i % 40,
                            i * 37)
                    .getBytes(US_ASCII);
        }
        return messages;
    }
}
