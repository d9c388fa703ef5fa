package jp.hinomi.standalone.git;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the git of this machine. What it is told and what it complains about stand in files, so that nothing waits for another. */
final class Git {
    private static final long LONGEST_SECONDS = 60;

    /** Of a text or a complaint. */
    private static final int MOST_BYTES = 1 << 16;

    private static final String NO_REASON = "no reason given";

    private final Path folder;

    /** @param folder for its files; the caller removes it */
    Git(Path folder) {
        this.folder = folder;
    }

    /** Takes what git prints, as it comes. */
    interface Reader {
        void read(InputStream out) throws GitException, IOException;
    }

    /** What git prints, without blanks around it; empty if it failed without a word. */
    String text(Path in, String... arguments) throws GitException, IOException {
        String[] text = new String[1];
        String problem = run(
                in,
                List.of(arguments),
                "",
                out -> text[0] = new String(out.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip());
        if (!problem.isEmpty() && !problem.equals(NO_REASON)) {
            throw new GitException("git: " + problem);
        }
        return text[0];
    }

    /**
     * @param input what it is told
     * @param reader what it leaves unread is dropped
     * @return what went wrong; empty if nothing did
     */
    String run(Path in, List<String> arguments, String input, Reader reader) throws GitException, IOException {
        Path told = Files.writeString(folder.resolve("told"), input);
        Path complaints = folder.resolve("complaints");
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(in.toFile())
                    .redirectInput(told.toFile())
                    .redirectError(complaints.toFile())
                    .start();
        } catch (IOException e) {
            throw new GitException("there is no git here: install it, or name two folders");
        }
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (process.isAlive()) {
                late.set(true);
                process.destroyForcibly();
            }
        });
        String problem;
        try (InputStream out = new BufferedInputStream(process.getInputStream())) {
            reader.read(out);
            out.transferTo(OutputStream.nullOutputStream());
            problem = process.waitFor() == 0 ? "" : reason(complaints);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while git runs", e);
        } catch (GitException | IOException e) {
            if (!late.get()) {
                throw e;
            }
            problem = e.getMessage();
        } finally {
            process.destroyForcibly();
        }
        if (late.get()) {
            throw new GitException("git does not answer within " + LONGEST_SECONDS + " s: git " + arguments.get(0));
        }
        return problem;
    }

    private static String reason(Path complaints) throws IOException {
        try (InputStream in = Files.newInputStream(complaints)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .strip()
                    .lines()
                    .reduce((first, last) -> last)
                    .orElse(NO_REASON);
        }
    }
}
