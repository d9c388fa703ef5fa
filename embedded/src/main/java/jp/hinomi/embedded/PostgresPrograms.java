package jp.hinomi.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code initdb} and {@code pg_ctl} for one data folder, as a user PostgreSQL accepts, each with a time limit. */
final class PostgresPrograms {
    private final Path programs;
    private final Path data;
    private final Path log;
    private final PostgresUser user;

    /** @param log the server's own log file */
    PostgresPrograms(Path programs, Path data, Path log, PostgresUser user) {
        this.programs = programs;
        this.data = data;
        this.log = log;
        this.user = user;
    }

    /**
     * Creates the cluster: UTF-8, sorted by code point whatever the machine's locale is, passwords only.
     *
     * @param passwordFile holds the superuser's password
     */
    void initialise(String superuser, Path passwordFile) {
        run(
                Duration.ofSeconds(60),
                "initdb",
                "--pgdata=" + data,
                "--username=" + superuser,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions");
    }

    /** Starts the server and returns when it accepts connections. */
    void start(int port) {
        run(
                Duration.ofSeconds(90),
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--log=" + log,
                "--wait",
                "--timeout=60",
                "--options=" + options(port));
    }

    /** @param mode {@code fast} or {@code immediate} */
    void stop(String mode, int seconds) {
        run(
                Duration.ofSeconds(seconds + 5L),
                "pg_ctl",
                "stop",
                "--pgdata=" + data,
                "--mode=" + mode,
                "--wait",
                "--timeout=" + seconds);
    }

    /** A small server that listens on loopback only and has no socket file, whose path may be too long. */
    private static String options(int port) {
        return String.join(
                " ",
                List.of(
                        "-p " + port,
                        "-c listen_addresses=127.0.0.1",
                        "-c unix_socket_directories=''",
                        "-c max_connections=40",
                        "-c shared_buffers=32MB",
                        "-c work_mem=4MB",
                        "-c maintenance_work_mem=32MB",
                        "-c max_wal_size=256MB",
                        "-c max_worker_processes=2",
                        "-c max_parallel_workers=0",
                        "-c jit=off",
                        "-c log_timezone=UTC",
                        "-c timezone=UTC"));
    }

    private void run(Duration atMost, String program, String... arguments) {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = null;
        try {
            // A file, not a pipe: the server inherits it from pg_ctl and would keep a pipe open.
            output = Files.createTempFile("hinomi-" + program, ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(data.getParent().toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw failed(program, "no answer within " + atMost.toSeconds() + " s", null);
            }
            if (process.exitValue() != 0) {
                throw failed(program, tail(output) + "\n" + tail(log), null);
            }
        } catch (IOException e) {
            throw failed(program, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(program, "interrupted", e);
        } finally {
            delete(output);
        }
    }

    private CannotStartException failed(String program, String why, Exception cause) {
        return new CannotStartException(
                "PostgreSQL's " + program + " failed in " + data + ": " + why.strip() + "\nits log is " + log, cause);
    }

    /** The last lines: the reason stands at the end. */
    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        int from = Math.max(0, text.length() - 1000);
        return text.substring(from);
    }

    private static void delete(Path file) {
        if (file != null && !file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
