package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** A sender of RELP, as plain as can be. Not thread-safe. */
final class RelpClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** @param text what a response or command frame says */
    record Frame(int transaction, String command, String text) {}

    RelpClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RelpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(60_000);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    void open() throws IOException {
        send(1, "open", "relp_version=0\nrelp_software=librelp,1.11.0,http://librelp.adiscon.com\ncommands=syslog");
        Frame offers = hear();
        if (!offers.text().startsWith("200 OK\nrelp_version=0\n")
                || !offers.text().contains("commands=syslog")) {
            throw new IOException("no RELP server: " + offers);
        }
    }

    void send(int transaction, String command, String data) throws IOException {
        byte[] bytes = data.getBytes(UTF_8);
        socket.getOutputStream()
                .write((transaction + " " + command + " " + bytes.length
                                + (bytes.length == 0 ? "\n" : " " + data + "\n"))
                        .getBytes(UTF_8));
    }

    /** Whole frames in one packet, without waiting for answers. */
    void sendTogether(List<String> frames) throws IOException {
        socket.getOutputStream().write(String.join("", frames).getBytes(UTF_8));
    }

    /** The next frame of the server; fails after a minute. */
    Frame hear() throws IOException {
        int transaction = Integer.parseInt(word());
        String command = word();
        int length = Integer.parseInt(word());
        String text = new String(in.readNBytes(length), UTF_8);
        // After data comes the end of the frame; without data the word before has ended it.
        if (length > 0 && in.read() != '\n') {
            throw new IOException("a frame that is longer than it says");
        }
        return new Frame(transaction, command, text);
    }

    boolean ended() throws IOException {
        return in.read() < 0;
    }

    boolean hasHeard() throws IOException {
        return in.available() > 0;
    }

    private String word() throws IOException {
        StringBuilder word = new StringBuilder();
        for (int next = in.read(); next != ' ' && next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server has closed the connection");
            }
            word.append((char) next);
        }
        return word.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
