package jp.hinomi.alerting;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a database; all connections through it can be cut at the N-th request from now. Thread-safe. */
final class DatabaseDoor implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(.*)");

    private final ServerSocket door;
    private final String host;
    private final int port;
    private final String rest;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean afterwards;
    private volatile boolean cut;

    private DatabaseDoor(String host, int port, String rest) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        this.rest = rest;
        thread(this::accept);
    }

    static DatabaseDoor before(String jdbcUrl) throws IOException {
        Matcher url = URL.matcher(jdbcUrl);
        if (!url.matches()) {
            throw new IllegalArgumentException("not a URL of PostgreSQL: " + jdbcUrl);
        }
        return new DatabaseDoor(url.group(1), Integer.parseInt(url.group(2)), url.group(3));
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + "/" + rest;
    }

    /** @param after true: the database has the request, and whoever asked never learns what came of it */
    void cutAtRequest(int number, boolean after) {
        afterwards = after;
        left.set(number);
    }

    void disarm() {
        left.set(Integer.MAX_VALUE);
    }

    /** Whether a cut is still to come. */
    boolean isArmed() {
        int requests = left.get();
        return requests > 0 && requests < Integer.MAX_VALUE / 2;
    }

    /** Whether there was a cut since this was asked last. */
    boolean wasCut() {
        boolean was = cut;
        cut = false;
        return was;
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            Socket server = new Socket(host, port);
            open.add(client);
            open.add(server);
            thread(() -> pump(client, server, true));
            thread(() -> pump(server, client, false));
        }
    }

    private void pump(Socket from, Socket to, boolean requests) throws IOException {
        byte[] buffer = new byte[65536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream sink = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                // The driver flushes once per statement or batch: what is read here is one, or a part of one.
                boolean last = requests && left.decrementAndGet() == 0;
                if (last && !afterwards) {
                    cutAll();
                    return;
                }
                sink.write(buffer, 0, read);
                sink.flush();
                if (last) {
                    cutAll();
                    return;
                }
            }
        }
    }

    private void cutAll() throws IOException {
        cut = true;
        List<Socket> all = List.copyOf(open);
        open.removeAll(all);
        for (Socket socket : all) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other side went away, which is what this is for.
                        Thread.currentThread().interrupt();
                    }
                },
                "database-door");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cutAll();
    }
}
