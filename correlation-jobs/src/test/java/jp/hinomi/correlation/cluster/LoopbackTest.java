package jp.hinomi.correlation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this process listens on, as the system says. Flink's server for jars failed this: without a setting it listens on
 * all addresses and takes what anybody sends.
 */
@EnabledOnOs(OS.LINUX)
class LoopbackTest {
    @TempDir
    private Path folder;

    @Test
    void nothingOfALocalClusterIsReachableFromOutside() throws IOException {
        Set<String> before = openSockets();
        try (LocalCluster cluster = LocalCluster.start(new LocalCluster.Settings(folder, 0, 1))) {
            assertThat(cluster.rest().getHost()).isEqualTo(Loopback.ADDRESS);
            assertThat(outside(before)).isEmpty();
        }
    }

    @Test
    void norOfAPassingOne() throws IOException {
        Set<String> before = openSockets();
        try (PassingCluster cluster = PassingCluster.start(1)) {
            assertThat(cluster).isNotNull();
            assertThat(outside(before)).isEmpty();
        }
    }

    /** That the test sees what it looks for. */
    @Test
    void aSocketThatIsReachableIsFound() throws IOException {
        Set<String> before = openSockets();
        try (ServerSocket server = new ServerSocket(0)) {
            assertThat(outside(before)).hasSize(1).first().asString().endsWith(":" + server.getLocalPort());
        }
    }

    private static List<String> outside(Set<String> before) throws IOException {
        Set<String> inodes = openSockets();
        inodes.removeAll(before);
        List<String> found = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String row : Files.readAllLines(Path.of(table))) {
                String[] columns = row.strip().split(" +");
                // Columns of proc(5): local address, state (0A = listening), inode.
                if (columns.length > 9 && columns[3].equals("0A") && inodes.contains(columns[9])) {
                    String[] local = columns[1].split(":");
                    if (!address(local[0]).isLoopbackAddress()) {
                        found.add(address(local[0]).getHostAddress() + ":" + Integer.parseInt(local[1], 16));
                    }
                }
            }
        }
        return found;
    }

    /** Written in the byte order of the machine, word by word. */
    private static InetAddress address(String hex) throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int word = 0; word < bytes.length; word += 4) {
            for (int i = 0; i < 2; i++) {
                byte kept = bytes[word + i];
                bytes[word + i] = bytes[word + 3 - i];
                bytes[word + 3 - i] = kept;
            }
        }
        return InetAddress.getByAddress(bytes);
    }

    /** Inodes of the sockets of this process. */
    private static Set<String> openSockets() throws IOException {
        Set<String> inodes = new TreeSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target;
                try {
                    target = Files.readSymbolicLink(descriptor).toString();
                } catch (IOException closedMeanwhile) {
                    continue;
                }
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }
}
