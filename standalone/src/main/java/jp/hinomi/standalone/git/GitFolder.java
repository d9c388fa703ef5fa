package jp.hinomi.standalone.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * A folder as it was in a revision, in a temporary folder that goes with this. It is read from git's own store, not from an
 * archive: that leaves out what attributes such as {@code export-ignore} keep from releases.
 */
public final class GitFolder implements AutoCloseable {
    /** Rules are text; a repository may hold more than that. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int MOST_FILES = 1_000_000;
    private static final int LONGEST_LINE = 1 << 16;

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
        return at(folder, revision, MOST_BYTES);
    }

    static GitFolder at(Path folder, String revision, long mostBytes) throws GitException, IOException {
        if (revision.isBlank() || revision.startsWith("-")) {
            throw new GitException("'" + revision + "' is no revision: name a commit, a branch or a tag");
        }
        if (!Files.isDirectory(folder)) {
            throw new GitException(folder + " is no folder: name one in a work tree of git");
        }
        Path copy = Files.createTempDirectory("hinomi-git");
        GitFolder result = new GitFolder(copy.resolve("folder"));
        try {
            Files.createDirectory(result.folder);
            result.fill(new Git(copy), folder, revision, mostBytes);
            return result;
        } catch (GitException | IOException | RuntimeException e) {
            result.close();
            throw e;
        }
    }

    private void fill(Git git, Path of, String revision, long mostBytes) throws GitException, IOException {
        String commit = git.text(of, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        if (commit.isEmpty()) {
            git.text(of, "rev-parse", "--show-toplevel"); // says so if there is no work tree
            throw new GitException("git knows no revision '" + revision + "' in " + of + ": see 'git log' there");
        }
        String prefix = git.text(of, "rev-parse", "--show-prefix");
        Path top = of.toRealPath();
        for (int i = 0; i < prefix.chars().filter(c -> c == '/').count(); i++) {
            top = top.getParent();
        }
        List<Blob> blobs = new ArrayList<>();
        String problem = git.run(
                top,
                List.of("ls-tree", "-r", "-z", "--full-tree", commit + ":" + prefix),
                "",
                out -> list(out, revision, blobs));
        if (!problem.isEmpty()) {
            throw new GitException("the folder " + of + " is not in the revision '" + revision + "': " + problem);
        }
        StringBuilder wanted = new StringBuilder();
        blobs.forEach(blob -> wanted.append(blob.object()).append('\n'));
        problem = git.run(top, List.of("cat-file", "--batch"), wanted.toString(), out -> copy(out, blobs, mostBytes));
        if (!problem.isEmpty()) {
            throw new GitException("git cannot read the revision '" + revision + "': " + problem);
        }
    }

    public Path folder() {
        return folder;
    }

    /** A file of the revision. @param object its id @param file where it goes */
    private record Blob(String object, Path file) {}

    /** Only text files in YAML, and none that would land elsewhere. */
    private void list(InputStream in, String revision, List<Blob> blobs) throws GitException, IOException {
        for (String entry = until(in, 0); entry != null; entry = until(in, 0)) {
            int tab = entry.indexOf('\t');
            String[] parts = entry.substring(0, Math.max(0, tab)).split(" ", -1);
            if (parts.length != 3) {
                throw new GitException("git lists what is no file: '" + entry + "'; update git");
            }
            String name = entry.substring(tab + 1);
            if (!parts[1].equals("blob") || !name.endsWith(".yml") && !name.endsWith(".yaml")) {
                continue;
            }
            if (parts[0].equals("120000")) {
                throw new GitException(name + " is a symbolic link in the revision '" + revision
                        + "', which is not followed: check the revision out elsewhere ('git worktree add'), and name two"
                        + " folders");
            }
            Path file = file(name);
            if (file.startsWith(folder)) {
                blobs.add(new Blob(parts[2], file));
            }
            if (blobs.size() > MOST_FILES) {
                throw new GitException(
                        "the folder holds more than " + MOST_FILES + " files of YAML: name a smaller one");
            }
        }
    }

    private Path file(String name) throws GitException {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new GitException("this system cannot name the file '" + name + "' of the revision: " + e.getReason());
        }
    }

    /** What git prints: of each file a line with its id, kind and size, then its content and an end of line. */
    private static void copy(InputStream in, List<Blob> blobs, long mostBytes) throws GitException, IOException {
        long total = 0;
        for (Blob blob : blobs) {
            String header = until(in, '\n');
            String[] parts = header == null ? new String[0] : header.split(" ", -1);
            if (parts.length != 3) {
                throw new GitException(
                        "git does not have the content of " + blob.file().getFileName() + " ("
                                + (header == null ? "it ended" : header) + "): fetch it, and see 'git fsck'");
            }
            long size = Long.parseLong(parts[2]);
            total += size;
            if (total > mostBytes) {
                throw new GitException("the folder holds more than " + FileUtils.byteCountToDisplaySize(mostBytes)
                        + " of YAML: name a smaller one");
            }
            Files.createDirectories(blob.file().getParent());
            try (OutputStream out = Files.newOutputStream(blob.file())) {
                byte[] buffer = new byte[1 << 16];
                for (long left = size; left > 0; ) {
                    int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    if (read < 0) {
                        throw new GitException("git ended within " + blob.file().getFileName() + ": see 'git fsck'");
                    }
                    out.write(buffer, 0, read);
                    left -= read;
                }
            }
            in.read(); // the end of line
        }
    }

    /** Null at the end. */
    private static String until(InputStream in, int end) throws GitException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != end; next = in.read()) {
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            if (bytes.size() > LONGEST_LINE) {
                throw new GitException("git says more than " + LONGEST_LINE + " bytes about one file: see 'git fsck'");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        FileUtils.deleteQuietly(folder.getParent().toFile());
    }
}
