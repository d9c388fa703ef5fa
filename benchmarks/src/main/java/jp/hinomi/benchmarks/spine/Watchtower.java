package jp.hinomi.benchmarks.spine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.hinomi.testing.TestMail;

/** A running {@code hinomi up}, started as a user starts it, on free ports and its own data folder. */
final class Watchtower implements AutoCloseable {
    /** What {@code up} prints when everything is ready; see the messages of the command line. */
    static final String READY_MARK = "http://";

    private final Process process;
    private final int kafkaPort;
    private final int syslogPort;
    private final Duration toReady;

    private Watchtower(Process process, int kafkaPort, int syslogPort, Duration toReady) {
        this.process = process;
        this.kafkaPort = kafkaPort;
        this.syslogPort = syslogPort;
        this.toReady = toReady;
    }

    static Watchtower start(Path home, Path data, TestMail mail, Duration atMost)
            throws IOException, InterruptedException {
        int kafka = freePort();
        int syslog = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("hinomi").toString(),
                "up",
                "--data",
                data.toString(),
                "--console-port",
                Integer.toString(freePort()),
                "--kafka-port",
                Integer.toString(kafka),
                "--syslog-port",
                Integer.toString(syslog),
                "--http-port",
                Integer.toString(freePort()),
                "--flink-port",
                Integer.toString(freePort()));
        builder.environment().put("HINOMI_SMTP_HOST", mail.host());
        builder.environment().put("HINOMI_SMTP_PORT", Integer.toString(mail.port()));
        builder.environment().put("HINOMI_SMTP_USER", mail.user());
        builder.environment().put("HINOMI_SMTP_PASSWORD", mail.password());
        builder.environment().put("HINOMI_SMTP_STARTTLS", "true");
        builder.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=" + mail.trustStore() + " -Djavax.net.ssl.trustStorePassword="
                                + mail.trustStorePassword());
        builder.environment().put("LANG", "C.UTF-8");
        long started = System.nanoTime();
        Process process = builder.redirectErrorStream(true).start();
        CompletableFuture<Duration> ready = new CompletableFuture<>();
        List<String> output = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, started, output, ready), "output-of-up");
        reader.setDaemon(true);
        reader.start();
        try {
            return new Watchtower(process, kafka, syslog, ready.get(atMost.toSeconds(), TimeUnit.SECONDS));
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            process.destroy();
            throw new IllegalStateException("hinomi up did not become ready:\n" + String.join("\n", output), e);
        }
    }

    private static void read(Process process, long started, List<String> output, CompletableFuture<Duration> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                }
                if (line.contains(READY_MARK)) {
                    ready.complete(Duration.ofNanos(System.nanoTime() - started));
                }
            }
            ready.completeExceptionally(new IllegalStateException("it ended"));
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Duration toReady() {
        return toReady;
    }

    String bootstrapServers() {
        return "localhost:" + kafkaPort;
    }

    int syslogPort() {
        return syslogPort;
    }

    ProcessTree processes() {
        return new ProcessTree(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
