package jp.hinomi.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import jp.hinomi.ingest.spool.Datagram;
import jp.hinomi.ingest.spool.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverChoiceTest {
    @TempDir
    Path folder;

    private static ReceiverChoice choice(Optional<Path> spool, long bytes) {
        return new ReceiverChoice(-1, -1, -1, Optional.empty(), spool, bytes);
    }

    @Test
    void datagramsInASpoolThatIsNotUsedAnyMoreAreNoticed() throws IOException {
        Path usual = folder.resolve("usual");
        try (Spool spool = Spool.open(usual, Spool.LEAST_BYTES)) {
            assertThat(spool.append(new Datagram(0, "192.0.2.1", new byte[100])))
                    .isTrue();
        }
        Path other = folder.resolve("other");
        assertThat(choice(Optional.empty(), 1 << 20).leftBehind(Optional.of(usual)))
                .isEmpty();
        assertThat(choice(Optional.empty(), 0).leftBehind(Optional.of(usual))).containsOnlyKeys(usual);
        assertThat(choice(Optional.of(usual), 0).leftBehind(Optional.empty())).containsOnlyKeys(usual);
        assertThat(choice(Optional.of(other), 1 << 20).leftBehind(Optional.of(usual)))
                .containsOnlyKeys(usual);
        try (Spool spool = Spool.open(usual, Spool.LEAST_BYTES)) {
            spool.take(0).orElseThrow().stored();
        }
        assertThat(choice(Optional.empty(), 0).leftBehind(Optional.of(usual)))
                .as("nothing is left once it was sent")
                .isEmpty();
    }
}
