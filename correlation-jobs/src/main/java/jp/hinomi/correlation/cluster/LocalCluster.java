package jp.hinomi.correlation.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import jp.hinomi.correlation.job.JobSettings;

/** Flink in this process, with checkpoints that outlive it. Thread-safe. */
public final class LocalCluster implements AutoCloseable {
    private LocalCluster() {}

    /**
     * @param folder for checkpoints and temporary files; made if missing
     * @param restPort on 127.0.0.1; 0 = any free one
     * @param slots how many parallel tasks fit: at least the job's parallelism
     */
    public record Settings(Path folder, int restPort, int slots) {
        public Settings {
            Objects.requireNonNull(folder, "folder");
            if (slots < 1) {
                throw new IllegalArgumentException("a cluster needs at least one slot");
            }
        }
    }

    /** Starts Flink; returns when it takes jobs. */
    public static LocalCluster start(Settings settings) {
        throw new IllegalStateException("being written");
    }

    /** Address of the REST API, and of Flink's web interface. */
    public URI rest() {
        throw new IllegalStateException("being written");
    }

    /**
     * Submits the job {@code correlate}. It resumes from the newest complete checkpoint in the folder, if there is one.
     * Returns once the job is submitted; {@link RunningJob#awaitRunning} waits for its tasks.
     */
    public RunningJob submit(JobSettings settings) {
        throw new IllegalStateException("being written");
    }

    /** Saves the state of running jobs once more, then ends them and Flink. */
    @Override
    public void close() {}
}
