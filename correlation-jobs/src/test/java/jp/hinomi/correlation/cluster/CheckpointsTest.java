package jp.hinomi.correlation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path folder;

    /** As Flink does, which keeps the newest only. */
    @Test
    void looksAgainWhenAJobRemovesOnesMeanwhile() throws Exception {
        Path job = Files.createDirectories(folder.resolve("job"));
        AtomicBoolean enough = new AtomicBoolean();
        Thread flink = new Thread(() -> {
            for (int i = 0; !enough.get(); i++) {
                try {
                    Path checkpoint = Files.createDirectory(job.resolve("chk-" + i));
                    Path state = Files.createFile(checkpoint.resolve("state"));
                    Files.delete(state);
                    Files.delete(checkpoint);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        flink.start();
        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(new Checkpoints(folder).newestComplete()).isEmpty();
            }
        } finally {
            enough.set(true);
            flink.join();
        }
    }
}
