package jp.hinomi.standalone.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.io.FileUtils;

/** A folder as it was in a revision, in a temporary folder that goes with this. */
public final class GitFolder implements AutoCloseable {
    private static final long LONGEST_SECONDS = 60;

    /** Rules are text; a repository may hold more than that. */
    private static final long MOST_BYTES = 1L << 30;

    private final Path folder;

    private GitFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder in a work tree of git
     * @param revision a commit, branch or tag: {@code HEAD~1}, {@code v1.2}
     * @throws GitException if there is no git, no work tree, no such revision, or the folder was not in it
     */
    public static GitFolder at(Path folder, String revision) throws GitException, IOException {
        if (revision.isBlank() || revision.startsWith("-")) {
            throw new GitException("'" + revision + "' is no revision: name a commit, a branch or a tag");
        }
        if (!Files.isDirectory(folder)) {
            throw new GitException(folder + " is no folder: name one in a work tree of git");
        }
        String commit =
                text(git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"));
        if (commit.isEmpty()) {
            text(git(folder, "rev-parse", "--show-toplevel")); // says so if there is no work tree
            throw new GitException("git knows no revision '" + revision + "' in " + folder + ": see 'git log' there");
        }
        String prefix = text(git(folder, "rev-parse", "--show-prefix"));
        Path top = folder.toRealPath();
        for (int i = 0; i < prefix.chars().filter(c -> c == '/').count(); i++) {
            top = top.getParent();
        }
        Result archive = git(top, "archive", "--format=zip", commit + ":" + prefix);
        if (archive.code != 0) {
            throw new GitException(
                    "the folder " + folder + " is not in the revision '" + revision + "': " + archive.problem());
        }
        Path copy = Files.createTempDirectory("hinomi-git");
        GitFolder result = new GitFolder(copy);
        try {
            unpack(archive.out, copy);
        } catch (IOException e) {
            result.close();
            throw e;
        }
        return result;
    }

    public Path folder() {
        return folder;
    }

    /** Only text files in YAML, and none that would land elsewhere. */
    private static void unpack(byte[] archive, Path into) throws IOException {
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                boolean wanted =
                        entry.getName().endsWith(".yml") || entry.getName().endsWith(".yaml");
                if (entry.isDirectory() || !wanted || !file.startsWith(into)) {
                    continue;
                }
                byte[] content = zip.readAllBytes();
                total += content.length;
                if (total > MOST_BYTES) {
                    throw new IOException("the folder holds more than 1 GiB of YAML: name a smaller one");
                }
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
        }
    }

    private record Result(int code, byte[] out, String err) {
        String problem() {
            return err.strip().lines().reduce((first, last) -> last).orElse("no reason given");
        }
    }

    private static String text(Result result) throws GitException {
        if (result.code != 0 && !result.err.isBlank()) {
            throw new GitException("git: " + result.problem());
        }
        return new String(result.out, StandardCharsets.UTF_8).strip();
    }

    private static Result git(Path in, String... arguments) throws GitException, IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).directory(in.toFile()).start();
        } catch (IOException e) {
            throw new GitException("there is no git here: install it, or name two folders");
        }
        process.getOutputStream().close();
        CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
        CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new GitException("git does not answer within " + LONGEST_SECONDS + " s: git " + arguments[0]);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while git runs", e);
        }
        return new Result(process.exitValue(), out.join(), new String(err.join(), StandardCharsets.UTF_8));
    }

    private static byte[] all(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        FileUtils.deleteQuietly(folder.toFile());
    }
}
