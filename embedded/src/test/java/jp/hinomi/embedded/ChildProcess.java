package jp.hinomi.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Java program of this test class path, in a process that can be killed. */
final class ChildProcess implements AutoCloseable {
    static final String READY = "READY";

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Returns when the program has printed {@link #READY}. */
    static ChildProcess start(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ChildProcess child = new ChildProcess(process);
        try {
            CompletableFuture.supplyAsync(child::awaitReady).get(240, TimeUnit.SECONDS);
        } catch (Exception e) {
            child.close();
            throw e;
        }
        return child;
    }

    private String awaitReady() {
        StringBuilder seen = new StringBuilder();
        try {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                seen.append(line).append('\n');
                if (line.equals(READY)) {
                    return seen.toString();
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new IllegalStateException("the child ended before it was ready:\n" + seen);
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: the process cannot tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the child survived SIGKILL");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
