package jp.hinomi.benchmarks.spine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and everything it started hold in memory. Linux only: reads {@code /proc}. */
final class ProcessTree {
    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /**
     * Resident bytes of all processes, each shared page divided among those that map it (Pss): what the machine would have
     * free again without them. The sum of Rss would count PostgreSQL's shared buffers once per process.
     */
    long proportionalBytes() {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> kilobytes(process.pid(), "Pss:") * 1024)
                .sum();
    }

    /** Resident bytes of all processes, shared pages counted in each. */
    long residentBytes() {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> kilobytes(process.pid(), "Rss:") * 1024)
                .sum();
    }

    private static long kilobytes(long pid, String key) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException e) {
            return 0; // ended since it was listed
        } catch (IOException e) {
            return 0; // a process that is ending has no map any more
        }
    }
}
