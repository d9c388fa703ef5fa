package jp.hinomi.standalone.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.standalone.up.Addresses;
import org.awaitility.Awaitility;

/** {@code ./hinomi up} as a process of its own, started the way a user starts it. */
final class UpProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(300);
    private static final Pattern PASSWORD = Pattern.compile("admin / (\\S+)");

    private final Process process;
    private final Path data;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private UpProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
        this.reader = new Thread(this::read, "output-of-up");
        reader.setDaemon(true);
        reader.start();
    }

    static UpProcess start(Path data, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("hinomi.home"), "hinomi").toString(),
                "up",
                "--data",
                data.toString(),
                "--lang",
                "en"));
        for (String part : List.of("console", "kafka", "syslog", "http", "flink")) {
            command.add("--" + part + "-port");
            command.add("0");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HINOMI_BUILD", "no");
        builder.environment().putAll(environment);
        return new UpProcess(builder.start(), data);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (UncheckedIOException | IOException e) {
            output.add("(output ended: " + e.getMessage() + ")");
        }
    }

    Addresses awaitReady() {
        try {
            Awaitility.await()
                    .atMost(READY_WITHIN)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() ->
                            !process.isAlive() || output.stream().anyMatch(line -> line.startsWith("Ready after")));
            return Addresses.read(data).orElseThrow(() -> new IllegalStateException("no addresses"));
        } catch (RuntimeException | IOException e) {
            throw new IllegalStateException("hinomi up did not become ready:\n" + output(), e);
        }
    }

    String output() {
        return String.join("\n", output);
    }

    Optional<String> adminPassword() {
        Matcher found = PASSWORD.matcher(output());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: nothing can be tidied up, as when the machine goes down. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process survived SIGKILL");
        }
    }

    /** SIGTERM. By handle, because {@link Process#destroy} also closes the output, of which the end matters. */
    void askToStop() {
        process.toHandle().destroy();
    }

    /** The exit code. */
    int awaitEnd(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("hinomi up did not end within " + atMost + ":\n" + output());
        }
        reader.join(5000);
        return process.exitValue();
    }

    /** Also when a test failed half-way, neither the program nor its PostgreSQL stays behind. */
    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
