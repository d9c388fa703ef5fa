package jp.hinomi.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine's loopback address. */
public final class Ports {
    private Ports() {}

    /** A port that was free a moment ago. Another process may take it before its user does. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStartException("this machine has no free TCP port left: stop something that listens", e);
        }
    }

    /** As {@link #free}: the system may well give the same one twice, if nobody has listened on it meanwhile. */
    static int freeBut(int taken) {
        int port = free();
        while (port == taken) {
            port = free();
        }
        return port;
    }

    /** The port itself, or any free one for 0. */
    static int orFree(int port) {
        return port == 0 ? free() : port;
    }

    /** @throws CannotStartException if somebody listens on it already, naming the part that wants it */
    static void requireFree(String part, int port) {
        if (!isFree(port)) {
            throw new CannotStartException(part + " cannot listen on port " + port
                    + ": it is taken by another program; stop that one, or choose another port (0: any free one)");
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of a broker that just ended linger in TIME_WAIT and do not make the port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
