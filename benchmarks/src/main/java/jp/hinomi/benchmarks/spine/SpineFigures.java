package jp.hinomi.benchmarks.spine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import jp.hinomi.events.Alert;
import jp.hinomi.testing.TestMail;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The figures of one machine that runs everything: {@code up} to ready, memory, last log line → alert record, log line →
 * mail. Starts {@code hinomi up} as a user does and speaks to it over its own ports only.
 *
 * <p>Arguments: the installation's folder; how many rounds of each latency (default 20).
 */
public final class SpineFigures {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of the example city's rule pack: alerts at a single line. */
    private static final String DETECTION = "ssh_root_login";

    /** Of the example city's rule pack: alerts at the fifth failed login of an account. */
    private static final String CORRELATION = "ssh_account_brute_force";

    /** More notices per rule and contact are held back for a digest, so more rounds would not measure mail. */
    private static final int MAIL_ROUNDS = 5;

    private int round;

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments.length > 0 ? arguments[0] : ".").toAbsolutePath();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        Path data = Files.createTempDirectory("hinomi-figures");
        try (TestMail mail = TestMail.start()) {
            try (Watchtower first = Watchtower.start(home, data, mail, READY)) {
                print("up to ready, first start", first.toReady().toMillis() + " ms");
                new SpineFigures().measure(first, mail, rounds);
            }
            try (Watchtower second = Watchtower.start(home, data, mail, READY)) {
                print("up to ready, second start", second.toReady().toMillis() + " ms");
            }
        }
    }

    private void measure(Watchtower hinomi, TestMail mail, int rounds) throws IOException {
        print("memory when ready", memory(hinomi));
        Latencies detection = new Latencies();
        Latencies correlation = new Latencies();
        Latencies mailed = new Latencies();
        try (AlertWatch alerts = new AlertWatch(hinomi.bootstrapServers())) {
            for (int i = 0; i < rounds; i++) {
                String address = nextAddress();
                long sent = send(hinomi, List.of(accepted(address)));
                add(detection, sent, alerts.await(alert -> concerns(alert, DETECTION, address), PATIENCE), DETECTION);
            }
            for (int i = 0; i < rounds; i++) {
                String address = nextAddress();
                long sent = send(hinomi, failures(address));
                add(
                        correlation,
                        sent,
                        alerts.await(alert -> concerns(alert, CORRELATION, address), PATIENCE),
                        CORRELATION);
                if (i < MAIL_ROUNDS) {
                    mailed.add(mailAbout(address, mail) - sent);
                }
            }
        }
        print("last log line → alert record, detection", detection.toString());
        print("last log line → alert record, correlation (bound 10 s)", correlation.toString());
        print("last log line → mail, correlation (bound 10 s)", mailed.toString());
        print("memory after " + 2 * rounds + " alerts", memory(hinomi));
    }

    /** When a mail about the address of the round was there, in epoch milliseconds; up to 50 ms too late by polling. */
    private static long mailAbout(String address, TestMail mail) {
        try {
            mail.await(PATIENCE, each -> each.text().contains(address));
            return System.currentTimeMillis();
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("no mail about " + address + " within " + PATIENCE, e);
        }
    }

    private static void add(Latencies latencies, long sent, OptionalLong at, String rule) {
        latencies.add(
                at.orElseThrow(() -> new IllegalStateException("no alert of " + rule + " within " + PATIENCE)) - sent);
    }

    private static boolean concerns(Alert alert, String rule, String address) {
        return alert.rule().name().equals(rule)
                && alert.evidence().stream()
                        .anyMatch(evidence -> evidence.event().toString().contains(address));
    }

    private static String memory(Watchtower hinomi) {
        ProcessTree processes = hinomi.processes();
        return String.format(
                Locale.ROOT,
                "%,d MiB (Pss of the process tree; Rss summed %,d MiB)",
                processes.proportionalBytes() >> 20,
                processes.residentBytes() >> 20);
    }

    /** A token for the round, unlike any other's. */
    private String nextAddress() {
        return "203.0.113." + (1 + round++ % 254);
    }

    private static String accepted(String address) {
        return line("Accepted password for root from " + address + " port 50022 ssh2");
    }

    private static List<String> failures(String address) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add(line("Failed password for maint01 from " + address + " port " + (50000 + i) + " ssh2"));
        }
        return lines;
    }

    private static String line(String message) {
        String now = OffsetDateTime.now(ZoneId.of("Asia/Tokyo"))
                .truncatedTo(ChronoUnit.MILLIS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        return "<38>1 " + now + " bastion-01 sshd 4242 - - " + message;
    }

    /** Sends the lines over syslog TCP and returns when the last one was handed over, in epoch milliseconds. */
    private static long send(Watchtower hinomi, List<String> lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hinomi.syslogPort());
                OutputStream out = socket.getOutputStream()) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
            return System.currentTimeMillis();
        }
    }

    private static void print(String what, String figure) {
        System.out.println(what + ": " + figure);
    }
}
