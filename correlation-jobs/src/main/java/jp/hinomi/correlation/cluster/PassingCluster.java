package jp.hinomi.correlation.cluster;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink in this process for jobs that end by themselves; nothing of it stays. Runs as many
 * jobs at once as their parallelism leaves slots for; others wait. Thread-safe.
 */
public final class PassingCluster implements AutoCloseable {
    private final MiniCluster flink;

    private PassingCluster(MiniCluster flink) {
        this.flink = flink;
    }

    /** @param slots at least the parallelism of its jobs */
    public static PassingCluster start(int slots) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        Loopback.only(configuration);
        configuration.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
        // There are no classes but those of this process: asking a job's own loader first finds nothing, class by
        // class.
        configuration.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            flink.start();
        } catch (Exception e) {
            throw new IllegalStateException("Flink does not start in this process: " + Causes.line(e), e);
        }
        return new PassingCluster(flink);
    }

    /**
     * Runs the operators of {@code env} until their input ends.
     *
     * @throws IllegalStateException if the job fails; the message names the causes
     */
    public void run(StreamExecutionEnvironment env) throws InterruptedException {
        try {
            flink.executeJobBlocking(env.getStreamGraph().getJobGraph());
        } catch (JobExecutionException e) {
            throw new IllegalStateException("the job failed: " + Causes.line(e), e);
        }
    }

    @Override
    public void close() {
        Waiting.on(flink.closeAsync(), "end of Flink");
    }
}
