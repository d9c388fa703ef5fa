package jp.hinomi.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says about who serves a data folder: a server of ours, one that outlived its Hinomi, or
 * nobody, because the machine went down and the process id now means another program.
 */
final class Postmaster {
    private static final String FILE = "postmaster.pid";

    private Postmaster() {}

    /** The living server of that data folder. */
    static Optional<ProcessHandle> of(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(Postmaster::isPostgres);
    }

    /** The TCP port of a server that is up; empty while it starts. It writes its port into the fourth line. */
    static Optional<Integer> port(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (of(data).isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() > 3 && lines.get(3).strip().matches("[1-9]\\d{0,4}")
                ? Optional.of(Integer.valueOf(lines.get(3).strip()))
                : Optional.empty();
    }

    /** A process id may be used again by something else; only a program of that name is ours to stop. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).endsWith("postgres"))
                .orElseGet(() -> commandLine(process).contains("postgres"));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    /**
     * Removes the file of a server that is no more. PostgreSQL does that itself unless its process id is in use again, as
     * it mostly is in a container that was started anew.
     */
    static void forgetDead(Path data) throws IOException {
        if (of(data).isEmpty()) {
            Files.deleteIfExists(data.resolve(FILE));
        }
    }

    /** True once the process is gone; false if it still lives after that time. */
    static boolean awaitEnd(ProcessHandle process, Duration atMost) {
        try {
            process.onExit().get(atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("waiting for the end of process " + process.pid(), e);
        }
    }
}
