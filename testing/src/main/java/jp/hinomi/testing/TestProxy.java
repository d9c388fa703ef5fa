package jp.hinomi.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy as a city's network has one (RFC 9110, 9.3.6): tunnels by {@code CONNECT}, passes on requests for {@code http://}, may ask
 * for a login, looks names up as it was told. Keeps what it was asked.
 */
public final class TestProxy implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, InetSocketAddress> names = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String login = "";

    private TestProxy(ServerSocket server) {
        this.server = server;
        threads.execute(this::accept);
    }

    public static TestProxy start() {
        try {
            return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on only for whoever says so (RFC 7617). */
    public void require(String user, String password) {
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Where a name leads, whatever the port; all others it does not know. */
    public void resolve(String name, InetSocketAddress to) {
        names.put(name, to);
    }

    /** What was granted, in its order: {@code CONNECT host:443}, {@code POST http://host/path}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            for (Optional<String> head = head(in); head.isPresent(); head = head(in)) {
                String[] first = head.get().lines().findFirst().orElse("").split(" ");
                if (first.length != 3) {
                    return;
                }
                if (!login.isEmpty() && !head.get().contains("\r\nProxy-Authorization: " + login + "\r\n")) {
                    skipBody(in, head.get());
                    say(out, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"city\"\r\n");
                    continue;
                }
                pass(first[0], first[1], head.get(), client, in, out);
                return;
            }
        } catch (IOException e) {
            // Whoever asked has gone, or what it asked for.
        }
    }

    private void pass(String method, String target, String head, Socket client, InputStream in, OutputStream out)
            throws IOException {
        boolean tunnel = method.equals("CONNECT");
        String host = tunnel
                ? target.replaceFirst(":[0-9]+$", "")
                : URI.create(target).getHost();
        InetSocketAddress to = names.get(host.replaceAll("[\\[\\]]", ""));
        if (to == null) {
            say(out, "502 Bad Gateway", "");
            return;
        }
        asked.add(method + " " + target);
        try (Socket server = new Socket(to.getAddress(), to.getPort())) {
            if (tunnel) {
                out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } else {
                URI uri = URI.create(target);
                String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
                server.getOutputStream()
                        .write(head.replaceFirst(java.util.regex.Pattern.quote(target), path)
                                .replaceAll("\r\nProxy-[^\r]*", "")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            threads.execute(() -> copy(in, server));
            server.getInputStream().transferTo(out);
        }
    }

    private static void copy(InputStream in, Socket to) {
        try {
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone; the other direction ends by itself.
        }
    }

    private static void say(OutputStream out, String status, String headers) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void skipBody(InputStream in, String head) throws IOException {
        java.util.regex.Matcher length = java.util.regex.Pattern.compile("(?i)\r\nContent-Length: *([0-9]+)")
                .matcher(head);
        if (length.find()) {
            in.skipNBytes(Long.parseLong(length.group(1)));
        }
    }

    /** Request line and headers, with the empty line that ends them. */
    private static Optional<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0; each = in.read()) {
            head.write(each);
            if (each == '\n'
                    && head.size() >= 4
                    && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
