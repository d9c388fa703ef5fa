package jp.hinomi.alerting.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * A dialogue over sockets that ends in time, whatever the other side does: timeouts of single reads add up, and do not end
 * one that sends a byte now and then. When time is over its sockets are closed under it. For one thread; ends with
 * {@link #close}.
 */
final class Attempt implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hinomi-attempts");
        thread.setDaemon(true);
        return thread;
    });

    private final Sockets sockets = new Sockets();
    private final Future<?> end;
    private volatile boolean over;
    private Socket open;

    private Attempt(Duration atMost) {
        end = CLOCK.schedule(this::abort, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Attempt begin(Duration atMost) {
        return new Attempt(atMost);
    }

    /** Makes the sockets that the dialogue must use. */
    SocketFactory sockets() {
        return sockets;
    }

    /** True once it was ended because it took too long. */
    boolean isOver() {
        return over;
    }

    private synchronized void abort() {
        over = true;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized Socket opened() throws IOException {
        if (over) {
            throw new IOException("out of time");
        }
        open = new Socket();
        return open;
    }

    @Override
    public void close() {
        end.cancel(false);
    }

    private final class Sockets extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            return opened();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw unconnected();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw unconnected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw unconnected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            throw unconnected();
        }

        private IOException unconnected() {
            return new IOException("only sockets that are not connected yet can be ended in time");
        }
    }
}
