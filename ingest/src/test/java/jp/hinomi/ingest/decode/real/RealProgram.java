package jp.hinomi.ingest.decode.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;

/** A server as Debian has it, started by a test on a free port of the loopback, and what it logs. */
final class RealProgram implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path output;

    private RealProgram(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /** What it is started with, when its port is known. */
    interface CommandLine {
        List<String> of(Path program, int port) throws IOException;
    }

    /**
     * Starts it and waits until it accepts connections; the test is skipped where it is not installed.
     *
     * @param packages to install on Debian
     * @param needed files that must be there
     */
    static RealProgram start(Path folder, String name, String packages, List<Path> needed, CommandLine commandLine)
            throws IOException {
        Optional<Path> program = find(name);
        assumeThat(program.isPresent() && needed.stream().allMatch(Files::exists))
                .as("%s is not installed: on Debian, apt-get install %s", name, packages)
                .isTrue();
        Path output = folder.resolve(name + ".out");
        for (int attempt = 0; attempt < 5; attempt++) {
            int free = freePort();
            Process process = new ProcessBuilder(commandLine.of(program.get(), free))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            await().atMost(PATIENCE).until(() -> !process.isAlive() || accepts(free));
            if (process.isAlive()) {
                return new RealProgram(process, free, output);
            }
            // Between finding a free port and using it another process may have taken it.
        }
        throw new IllegalStateException(name + " does not start; it says: " + Files.readString(output));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Servers may stand where only the administrator's path looks. */
    private static Optional<Path> find(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    int port() {
        return port;
    }

    /** Asks for a path as a browser does. @return the first line of the answer */
    String get(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: web.example.jp\r\nAccept: */*\r\n"
                                    + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    /** The lines of a log, when there are as many as that. */
    static List<String> lines(Path log, int atLeast) {
        List<String> lines = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            lines.clear();
            if (Files.exists(log)) {
                lines.addAll(Files.readAllLines(log));
            }
            return lines.size() >= atLeast;
        });
        return lines;
    }

    /** The lines of a log, when each of these words is in one. */
    static List<String> untilSaid(Path log, String... words) {
        List<String> lines = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            lines.clear();
            lines.addAll(Files.readAllLines(log));
            return Stream.of(words).allMatch(word -> lines.stream().anyMatch(line -> line.contains(word)));
        });
        return lines;
    }

    /** Runs a program that ends by itself; the test is skipped where it is not installed. @return how it ended */
    static int run(Path folder, String name, String packages, String... arguments)
            throws IOException, InterruptedException {
        Optional<Path> program = find(name);
        assumeThat(program)
                .as("%s is not installed: on Debian, apt-get install %s", name, packages)
                .isPresent();
        List<String> command = new ArrayList<>(List.of(program.get().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".run").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(name + " has not ended");
        }
        return process.exitValue();
    }

    /** Every line becomes an event; none is refused. */
    static List<SecurityEvent> decoded(String format, List<String> lines) {
        Decoder decoder = Decoders.of(format, ZoneId.systemDefault(), UTF_8);
        List<SecurityEvent> events = new ArrayList<>();
        for (String line : lines) {
            Decoding decoding = decoder.decode(
                    new LogRecord(line.getBytes(UTF_8), "real", null, "log:1", System.currentTimeMillis()));
            assertThat(decoding).as(line).isInstanceOf(Decoding.Decoded.class);
            SecurityEvent event = ((Decoding.Decoded) decoding).event();
            assertThat(Math.abs(event.timestampMillis() - System.currentTimeMillis()))
                    .as("time of %s", line)
                    .isLessThan(Duration.ofHours(1).toMillis());
            events.add(event);
        }
        return events;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
