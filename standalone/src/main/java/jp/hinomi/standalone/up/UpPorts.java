package jp.hinomi.standalone.up;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.standalone.terminal.Texts;

/**
 * The ports of {@code hinomi up}; 0 is any free one.
 *
 * @param syslog UDP and TCP
 */
public record UpPorts(int console, int kafka, int syslog, int http, int flink) {
    public UpPorts {
        for (int port : new int[] {console, kafka, syslog, http, flink}) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
        }
    }

    /** Which ports cannot be opened, each with the option that chooses another; empty if all can. */
    List<String> problems(String listen, Texts texts) throws IOException {
        return problems(listen, ReceiverChoice.NONE, texts);
    }

    List<String> problems(String listen, ReceiverChoice receivers, Texts texts) throws IOException {
        InetAddress outside = InetAddress.getByName(listen);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        if (!isOfThisMachine(outside)) {
            return List.of(texts.get("port.not-here", listen));
        }
        List<String> problems = new ArrayList<>();
        check(problems, texts, outside, console, "step.console", "--console-port", false);
        check(problems, texts, loopback, kafka, "step.kafka", "--kafka-port", false);
        check(problems, texts, outside, syslog, "port.syslog-tcp", "--syslog-port", false);
        check(problems, texts, outside, syslog, "port.syslog-udp", "--syslog-port", true);
        check(problems, texts, outside, receivers.syslogTlsPort(), "port.syslog-tls", "--tls-port", false);
        check(problems, texts, outside, receivers.relpPort(), "port.relp", "--relp-port", false);
        check(problems, texts, outside, receivers.relpTlsPort(), "port.relp-tls", "--relp-tls-port", false);
        check(problems, texts, outside, http, "port.http", "--http-port", false);
        check(problems, texts, loopback, flink, "port.flink", "--flink-port", false);
        return problems;
    }

    private static boolean isOfThisMachine(InetAddress address) throws IOException {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    private static void check(
            List<String> problems, Texts texts, InetAddress host, int port, String name, String option, boolean udp)
            throws IOException {
        if (port <= 0) {
            return;
        }
        try {
            if (udp) {
                new DatagramSocket(port, host).close();
            } else {
                tryTcp(host, port);
            }
        } catch (BindException e) {
            String why = String.valueOf(e.getMessage());
            String key = why.contains("ermission") ? "port.forbidden" : "port.taken";
            problems.add(texts.get(key, texts.get(name), port, option));
        }
    }

    private static void tryTcp(InetAddress host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // What ended a moment ago leaves connections in TIME_WAIT; they do not make the port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
        }
    }
}
