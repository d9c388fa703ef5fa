package jp.hinomi.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.hinomi.alerting.SmtpSettings;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail servers that take a mail, or do not, and then behave as no library offers it. */
class MailTransportTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Leased MAIL = new Leased(
            1,
            "key",
            "notice",
            "email",
            "noc@vendor.example.jp",
            Optional.empty(),
            "the-contact",
            "en",
            Optional.of(Columns.json(new MailMessage("subject", "text", "<p>html</p>", "<1@x>", "<1@x>"))),
            1,
            Instant.MAX,
            Optional.of("a"),
            "owner");

    private static SendResult send(ServerSocket server, Duration atMost) {
        return new MailTransport(
                        Optional.of(SmtpSettings.plain("127.0.0.1", server.getLocalPort())),
                        "hinomi@city.example.jp",
                        "minato",
                        OneContact.channels(new Channel.Email("noc@vendor.example.jp")),
                        (alert, contact) -> Optional.empty(),
                        delivery -> List.of(),
                        LONG,
                        atMost)
                .send(MAIL);
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static void say(Socket client, String line) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Answers as RFC 5321 has it until the mail is accepted; then resets the connection in place of an answer. */
    private static void takeAndReset(ServerSocket server, CountDownLatch accepted) {
        try (Socket client = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, "220 ready");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.toUpperCase(Locale.ROOT);
                if (data) {
                    if (line.equals(".")) {
                        data = false;
                        say(client, "250 accepted");
                        accepted.countDown();
                    }
                } else if (word.startsWith("QUIT")) {
                    client.setSoLinger(true, 0);
                    return;
                } else if (word.equals("DATA")) {
                    data = true;
                    say(client, "354 go on");
                } else {
                    say(client, "250 fine");
                }
            }
        } catch (IOException e) {
            // The other side may be the first to go.
        }
    }

    /** Failed while the answer to QUIT counted: the mail was sent again, and so on. */
    @Test
    void aMailThatWasAcceptedIsSentWhateverHappensToTheConnectionThen() throws Exception {
        try (ServerSocket server = listen()) {
            CountDownLatch accepted = new CountDownLatch(1);
            Thread thread = new Thread(() -> takeAndReset(server, accepted), "smtp");
            thread.start();
            SendResult result = send(server, LONG);
            assertThat(accepted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(result).isInstanceOf(SendResult.Sent.class);
            thread.join(10_000);
        }
    }

    /** Failed with timeouts of single reads only: a server that says something now and then held the mail past its lease. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAttemptEndsInTimeHoweverSlowlyTheServerTalks() throws Exception {
        try (ServerSocket server = listen()) {
            Thread thread = new Thread(() -> drip(server), "smtp");
            thread.start();
            SendResult result = send(server, Duration.ofSeconds(1));
            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(result.detail()).contains("took longer than 1 s");
            thread.join(10_000);
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket client = server.accept()) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(LONG)
                    .until(() -> {
                        say(client, "220-please wait");
                        return client.getInputStream().available() > 0;
                    });
        } catch (IOException e) {
            // That the client goes is what the test waits for.
        }
    }

    @Test
    void whatTheServerSaysIsTheReason() throws Exception {
        try (ServerSocket server = listen()) {
            Thread thread = new Thread(
                    () -> {
                        try (Socket client = server.accept()) {
                            say(client, "554 not today");
                        } catch (IOException e) {
                            // Nothing more to say.
                        }
                    },
                    "smtp");
            thread.start();
            assertThat(send(server, LONG).detail()).contains("554");
            thread.join(10_000);
        }
    }
}
