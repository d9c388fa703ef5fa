package jp.hinomi.benchmarks.engine;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.job.JobSettings;

/**
 * Runs a job over everything that a {@link LoadedBroker} holds. How far it has come is read from the metrics of its own
 * Kafka consumers, so nothing is added to the job.
 */
final class JobRun {
    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Duration END_WITHIN = Duration.ofMinutes(10);

    /** Two slots are two cores. */
    static final int PARALLELISM = 2;

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static int number;

    private final Settings settings;
    private final LoadedBroker broker;

    JobRun(Settings settings, LoadedBroker broker) {
        this.settings = settings;
        this.broker = broker;
    }

    /**
     * @param events per second of wall clock, between the first tenth and the end
     * @param cpuMicros of the whole process per event, broker and clients included, our own asking left out
     * @param alerts written, revisions included
     * @param byUse which threads these microseconds were of
     */
    record Figures(double events, double cpuMicros, long alerts, Map<ThreadTimes.Use, Double> byUse) {}

    /** As {@code hinomi up} runs it, on heap state. */
    Figures correlate(List<Path> rules, JobChange change) throws Exception {
        return run(rules, change, LocalCluster::submit);
    }

    interface JobChange {
        JobSettings of(JobSettings settings);
    }

    Figures run(List<Path> rules, JobChange change, BiFunction<LocalCluster, JobSettings, RunningJob> submit)
            throws Exception {
        String group = "bench-" + number++;
        JobSettings job = change.of(JobSettings.of(broker.address(), settings.city(), rules)
                .withGroupId(group)
                .withWriteEvents(false)
                .withParallelism(PARALLELISM));
        long alertsBefore = broker.alerts();
        Path folder = settings.scratch().resolve(group);
        try (LocalCluster cluster = LocalCluster.start(new LocalCluster.Settings(folder, 0, PARALLELISM))) {
            RunningJob running = submit.apply(cluster, job);
            running.awaitRunning(START_WITHIN);
            long first = awaitConsumed(running, group, broker.events() / 10);
            ThreadTimes timesBefore = ThreadTimes.now();
            Cost before = Cost.ofProcess();
            Cost asking = Cost.ofThread();
            long last = awaitConsumed(running, group, broker.events());
            Cost cost = Cost.ofProcess().since(before);
            asking = Cost.ofThread().since(asking);
            double measured = last - first;
            Map<ThreadTimes.Use, Double> byUse = new EnumMap<>(ThreadTimes.Use.class);
            ThreadTimes.now()
                    .since(timesBefore)
                    .nanos()
                    .forEach((use, nanos) -> byUse.put(use, nanos / 1e3 / measured));
            return new Figures(
                    measured / (cost.wallNanos() / 1e9),
                    (cost.cpuNanos() - asking.cpuNanos()) / 1e3 / measured,
                    broker.alerts() - alertsBefore,
                    byUse);
        }
    }

    private static long awaitConsumed(RunningJob job, String group, long atLeast) throws Exception {
        long deadline = System.nanoTime() + END_WITHIN.toNanos();
        while (true) {
            long consumed = consumed(group);
            if (consumed >= atLeast) {
                return consumed;
            }
            RunningJob.State state = job.state();
            if (state == RunningJob.State.FAILED
                    || state == RunningJob.State.RESTARTING
                    || System.nanoTime() > deadline) {
                throw new IllegalStateException("the job is " + state + " after " + consumed + " of " + atLeast
                        + " events: " + job.failure().orElse("it is only slow"));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Records that the consumers of the group have handed to the job. */
    private static long consumed(String group) throws Exception {
        double sum = 0;
        for (ObjectName name : BEANS.queryNames(
                new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=" + group + "-*"), null)) {
            if (name.getKeyProperty("topic") == null) {
                sum += (Double) BEANS.getAttribute(name, "records-consumed-total");
            }
        }
        return (long) sum;
    }
}
