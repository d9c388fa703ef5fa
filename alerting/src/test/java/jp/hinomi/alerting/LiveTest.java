package jp.hinomi.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Live updates with browsers that do not behave. */
class LiveTest {
    private static TestAlerting hinomi;
    private static String session;

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(new SampleCity().build());
        session = hinomi.session();
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    private static Socket stream(int receiveBuffer) throws IOException {
        return stream(session, receiveBuffer);
    }

    private static Socket stream(String cookie, int receiveBuffer) throws IOException {
        return stream(hinomi.running(), cookie, receiveBuffer);
    }

    private static Socket stream(RunningAlerting instance, String cookie, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), instance.port()), 10_000);
        socket.getOutputStream()
                .write(("GET /alerts/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie
                                + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /**
     * Failed while one thread wrote to all browsers: it hung on the one that reads nothing. 15 s are less than the time after
     * which the web server gives such a connection up.
     */
    @Test
    void aBrowserThatReadsNothingHoldsUpNobody() throws Exception {
        try (Socket stalled = stream(1_024);
                Socket reading = stream(1 << 20)) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(reading.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.startsWith("event:ready"); line = in.readLine()) {
                head.append(line).append('\n');
            }
            assertThat(head).startsWith("HTTP/1.1 200");
            assertThat(stalled.isConnected()).isTrue();
            AtomicBoolean heard = new AtomicBoolean();
            Thread reader =
                    new Thread(() -> heard.set(in.lines().anyMatch(line -> line.startsWith("data:marker"))), "reader");
            reader.setDaemon(true);
            reader.start();

            for (int i = 0; i < 40; i++) {
                hinomi.execute("select pg_notify('hinomi_alert', repeat('x', 7900) || n)"
                        + " from generate_series(1, 100) as n");
            }
            int[] count = {0};
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        hinomi.execute("select pg_notify('hinomi_alert', 'marker" + count[0]++ + "')");
                        return heard.get();
                    });
        }
    }

    /** The web server gives such a connection up at last: whoever stops the process does not wait for that. */
    @Test
    void whoReadsNothingDoesNotKeepTheProcessFromStopping() throws Exception {
        RunningAlerting other = hinomi.startAnother();
        try (Socket stalled = stream(other, session, 1_024)) {
            assertThat(firstLine(stalled)).contains("200");
            for (int i = 0; i < 40; i++) {
                hinomi.execute("select pg_notify('hinomi_alert', repeat('y', 7900) || n)"
                        + " from generate_series(1, 100) as n");
            }
            TestAlerting.await(() -> Thread.getAllStackTraces().entrySet().stream()
                    .anyMatch(thread -> thread.getKey().getName().equals("alerting-live-write")
                            && Stream.of(thread.getValue())
                                    .anyMatch(frame -> frame.getMethodName().contains("Write")
                                            || frame.getMethodName().contains("park"))));
            long before = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        } finally {
            other.close();
        }
    }

    /** Also on an instance that was not the one that ended it: the database tells all. */
    @Test
    void aStreamEndsWithItsSession() throws Exception {
        String mine = hinomi.session();
        try (Socket ending = stream(mine, 1 << 16);
                Socket other = stream(session, 1 << 16)) {
            assertThat(firstLine(other)).contains("200");
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(ending.getInputStream(), StandardCharsets.UTF_8));
            ending.setSoTimeout(30_000);
            String line = in.readLine();
            while (!line.startsWith("event:ready")) {
                line = in.readLine();
            }
            hinomi.execute("update account_session set ended_at = started_at where id ="
                    + " (select id from account_session order by started_at desc limit 1)");
            while (line != null && !line.equals("0")) {
                line = in.readLine();
            }
            hinomi.execute("select pg_notify('hinomi_alert', 'still-there')");
            BufferedReader goesOn =
                    new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
            assertThat(goesOn.lines().anyMatch(each -> each.startsWith("data:still-there")))
                    .isTrue();
        }
    }

    /** Failed while their number was unbounded. */
    @Test
    void thereIsAnEndToTheNumberOfStreamsAndWhoGoesMakesRoom() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            String answer = "";
            for (int i = 0; i < 202 && !answer.contains("503"); i++) {
                open.add(stream(1 << 16));
                answer = firstLine(open.get(i));
            }
            assertThat(answer).contains("503");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        // That a browser has gone is found when it is written to.
        TestAlerting.await(() -> {
            hinomi.execute("select pg_notify('hinomi_alert', 'gone')");
            try (Socket socket = stream(1 << 16)) {
                return firstLine(socket).contains("200");
            }
        });
    }

    private static String firstLine(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
