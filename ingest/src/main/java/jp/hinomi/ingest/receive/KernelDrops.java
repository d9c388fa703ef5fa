package jp.hinomi.ingest.receive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How many datagrams the operating system threw away because a socket's buffer was full, before we could see them. Linux
 * tells ({@code /proc/net/udp}, see proc_pid_net(5)); elsewhere nobody does, and the count stays 0. Thread-safe.
 */
final class KernelDrops {
    /** Of what is not known. */
    static final KernelDrops UNKNOWN = new KernelDrops(null, "");

    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/udp"), Path.of("/proc/self/net/udp6"));
    private static final Path OWN_FILES = Path.of("/proc/self/fd");
    private static final int COLUMNS = 13;
    private static final int LOCAL_ADDRESS = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;

    private final Path table;
    private final String inode;

    private KernelDrops(Path table, String inode) {
        this.table = table;
        this.inode = inode;
    }

    /** Of this process's UDP socket on that port. */
    static KernelDrops of(int port) {
        String suffix = String.format(":%04X", port);
        for (Path table : TABLES) {
            for (String[] row : rows(table)) {
                if (row[LOCAL_ADDRESS].endsWith(suffix) && isOwn(row[INODE])) {
                    return new KernelDrops(table, row[INODE]);
                }
            }
        }
        return UNKNOWN;
    }

    /** Since the socket was opened; what cannot be read is 0. */
    long count() {
        return rows(table).stream()
                .filter(row -> row[INODE].equals(inode))
                .mapToLong(row -> Long.parseLong(row[DROPS]))
                .sum();
    }

    /** Other sockets may have the same port on another address. */
    private static boolean isOwn(String inode) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(OWN_FILES)) {
            for (Path file : files) {
                if (target(file).filter(("socket:[" + inode + "]")::equals).isPresent()) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // not Linux, or /proc is hidden
        }
        return false;
    }

    private static Optional<String> target(Path file) {
        try {
            return Optional.of(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    private static List<String[]> rows(Path table) {
        if (table == null || !Files.isReadable(table)) {
            return List.of();
        }
        try {
            return Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.strip().split(" +"))
                    .filter(row -> row.length == COLUMNS)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
