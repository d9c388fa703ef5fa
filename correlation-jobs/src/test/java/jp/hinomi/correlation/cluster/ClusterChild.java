package jp.hinomi.correlation.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.hinomi.correlation.job.JobSettings;

/** A process that runs the job until it is killed. Arguments: Kafka, folder. Prints one line when the job runs. */
final class ClusterChild {
    private ClusterChild() {}

    public static void main(String[] args) throws InterruptedException {
        LocalCluster cluster = LocalCluster.start(new LocalCluster.Settings(Path.of(args[1]), 0, 1));
        RunningJob job = cluster.submit(
                JobSettings.of(args[0], Path.of("../examples/city"), List.of(Path.of("../rules/content")))
                        .withOutOfOrder(Duration.ofSeconds(2))
                        .withCheckpointEvery(Duration.ofSeconds(1)));
        job.awaitRunning(Duration.ofSeconds(180));
        System.out.println("RUNNING resumed from " + job.resumedFrom().orElse("nothing"));
        System.out.flush();
        Thread.currentThread().join();
    }
}
