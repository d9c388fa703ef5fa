package jp.hinomi.correlation.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import jp.hinomi.correlation.job.CorrelateJob;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.events.document.Problem;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Flink in this process, with checkpoints that outlive it, also when it is killed. The REST API has no login, so it
 * listens on the loopback address only and takes no jobs. Thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
    private final MiniCluster flink;
    private final Checkpoints checkpoints;
    private final List<LocalJob> jobs = new CopyOnWriteArrayList<>();

    private LocalCluster(MiniCluster flink, Checkpoints checkpoints) {
        this.flink = flink;
        this.checkpoints = checkpoints;
    }

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

    /**
     * Starts Flink; returns when it takes jobs.
     *
     * @throws UncheckedIOException if the folder cannot be written
     * @throws IllegalStateException if Flink does not start; the message names the cause, such as a taken port
     */
    public static LocalCluster start(Settings settings) {
        Checkpoints checkpoints =
                new Checkpoints(settings.folder().toAbsolutePath().resolve("checkpoints"));
        Path temporary = settings.folder().toAbsolutePath().resolve("tmp");
        try {
            Files.createDirectories(checkpoints.folder());
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write below " + settings.folder() + ": check that it may be written", e);
        }
        MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(settings, checkpoints, temporary))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.slots())
                .build());
        try {
            flink.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "Flink does not start on " + Loopback.ADDRESS + ":" + settings.restPort() + ": " + Causes.line(e),
                    e);
        }
        return new LocalCluster(flink, checkpoints);
    }

    private static Configuration configuration(Settings settings, Checkpoints checkpoints, Path temporary) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.PORT, settings.restPort());
        configuration.set(RestOptions.BIND_PORT, Integer.toString(settings.restPort()));
        Loopback.only(configuration);
        configuration.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(WebOptions.CANCEL_ENABLE, false);
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        // State lives on the heap and each checkpoint is complete in itself: nothing of an older one is needed.
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                checkpoints.folder().toUri().toString());
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        return configuration;
    }

    /** Address of the REST API, and of Flink's web interface. */
    public URI rest() {
        return Waiting.on(flink.getRestAddress(), "the address of Flink's REST API");
    }

    /**
     * Submits the job {@code correlate}. It resumes from the newest complete checkpoint in the folder, if there is one.
     * Returns once the job is submitted; {@link RunningJob#awaitRunning} waits for its tasks.
     *
     * @throws jp.hinomi.events.document.ProblemsException if the city cannot be used
     */
    public RunningJob submit(JobSettings settings) {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
        List<Problem> problems = CorrelateJob.build(env, settings);
        return submit(env, problems);
    }

    /** Submits any job, as {@link #submit(JobSettings)} does that one. */
    public RunningJob submit(StreamExecutionEnvironment env) {
        return submit(env, List.of());
    }

    private RunningJob submit(StreamExecutionEnvironment env, List<Problem> problems) {
        StreamGraph plan = env.getStreamGraph();
        plan.setJobName(CorrelateJob.NAME);
        JobGraph graph = plan.getJobGraph();
        Optional<Path> newest = checkpoints.newestComplete();
        newest.ifPresent(checkpoint -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(checkpoint.toUri().toString(), true, RecoveryClaimMode.CLAIM)));
        checkpoints.removeOthers(newest);
        LocalJob job = new LocalJob(flink, submit(graph), problems, newest.map(Path::toString));
        jobs.add(job);
        return job;
    }

    private org.apache.flink.api.common.JobID submit(JobGraph graph) {
        try {
            return flink.submitJob(graph).get().getJobID();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Flink does not take the job: " + Causes.line(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while submitting the job", e);
        }
    }

    /** Saves the state of running jobs once more, then ends them and Flink. */
    @Override
    public void close() {
        jobs.forEach(LocalJob::stop);
        Waiting.on(flink.closeAsync(), "the end of Flink");
    }
}
