package jp.hinomi.correlation.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import jp.hinomi.city.RuleKey;
import jp.hinomi.correlation.engine.Correlator;

/**
 * How the job {@code correlate} runs. Immutable; change one setting with the {@code with…} methods.
 *
 * @param bootstrapServers of Kafka, {@code host:port,…}
 * @param city folder of the city's files; read where the job is submitted, shipped with it
 * @param rules files and folders of Sigma rules; read where the job is submitted, shipped with it. What the topic
 *     {@code rules} says about the same ids goes before them
 * @param groupId under which the job commits offsets, for monitoring; its own position is in its checkpoints
 * @param outOfOrder how much later than its event time a record may be appended and still be correlated in order
 * @param clockTolerance how far before its append time an event may claim to be before its clock is suspect
 * @param clockAhead how far after its append time an event may claim to be before its clock is suspect
 * @param idleness after which a partition without ticks or records no longer holds back time
 * @param tickEvery how often the job writes a tick into each partition
 * @param checkpointEvery how often state is saved
 * @param writeEvents whether decoded events go to the topic {@code events}
 * @param parallelism of every operator, at least 1
 * @param levels of chained correlations that the job has operators for; deeper rules are refused
 * @param stateBudget how many groups and matches one rule may remember in one subtask before it is put in quarantine
 * @param geoip databases of addresses in MaxMind's format, at the same place on every machine that runs the job
 * @param trusted keys that publications of rules may be signed with, beside those of the city; without any at all, rules
 *     are taken from anybody
 */
public record JobSettings(
        String bootstrapServers,
        Path city,
        List<Path> rules,
        String groupId,
        Duration outOfOrder,
        Duration clockTolerance,
        Duration clockAhead,
        Duration idleness,
        Duration tickEvery,
        Duration checkpointEvery,
        boolean writeEvents,
        int parallelism,
        int levels,
        long stateBudget,
        List<Path> geoip,
        List<RuleKey> trusted) {
    /** Deeper chains than this are rare, and an idle level costs next to nothing. */
    public static final int USUAL_LEVELS = 4;

    public JobSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrap servers");
        Objects.requireNonNull(city, "city");
        rules = List.copyOf(rules);
        geoip = List.copyOf(geoip);
        trusted = List.copyOf(trusted);
        Objects.requireNonNull(groupId, "group id");
        if (outOfOrder.isNegative()) {
            throw new IllegalArgumentException("the out-of-order bound is negative: " + outOfOrder);
        }
        if (tickEvery.toMillis() < 50) {
            throw new IllegalArgumentException("ticks every " + tickEvery + " are too many: use 50 ms or more");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism " + parallelism + " is below 1");
        }
        if (levels < 1) {
            throw new IllegalArgumentException(
                    "levels " + levels + " are below 1: rules that correlate may come while the job runs");
        }
    }

    /** The defaults of the design: bound 10 s, clock window −1 h…+10 s, ticks every 500 ms, checkpoints every 10 s. */
    public static JobSettings of(String bootstrapServers, Path city, List<Path> rules) {
        return new JobSettings(
                bootstrapServers,
                city,
                rules,
                "hinomi-correlate",
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                true,
                1,
                USUAL_LEVELS,
                Correlator.Limits.USUAL_BUDGET,
                List.of(),
                List.of());
    }

    CorrelateLimits limits() {
        return new CorrelateLimits(levels, outOfOrder, stateBudget);
    }

    public JobSettings withGroupId(String id) {
        return with(change -> change.groupId = id);
    }

    public JobSettings withOutOfOrder(Duration bound) {
        return with(change -> change.outOfOrder = bound);
    }

    public JobSettings withParallelism(int operators) {
        return with(change -> change.parallelism = operators);
    }

    public JobSettings withWriteEvents(boolean write) {
        return with(change -> change.writeEvents = write);
    }

    public JobSettings withCheckpointEvery(Duration interval) {
        return with(change -> change.checkpointEvery = interval);
    }

    public JobSettings withLevels(int most) {
        return with(change -> change.levels = most);
    }

    public JobSettings withGeoip(List<Path> databases) {
        return with(change -> change.geoip = databases);
    }

    public JobSettings withTrusted(List<RuleKey> keys) {
        return with(change -> change.trusted = keys);
    }

    private JobSettings with(Consumer<Change> some) {
        Change change = new Change();
        some.accept(change);
        return change.made();
    }

    /** What the {@code with…} methods change; the rest stays. */
    private final class Change {
        private String groupId = JobSettings.this.groupId;
        private Duration outOfOrder = JobSettings.this.outOfOrder;
        private int parallelism = JobSettings.this.parallelism;
        private boolean writeEvents = JobSettings.this.writeEvents;
        private Duration checkpointEvery = JobSettings.this.checkpointEvery;
        private int levels = JobSettings.this.levels;
        private List<Path> geoip = JobSettings.this.geoip;
        private List<RuleKey> trusted = JobSettings.this.trusted;

        private JobSettings made() {
            return new JobSettings(
                    bootstrapServers,
                    city,
                    rules,
                    groupId,
                    outOfOrder,
                    clockTolerance,
                    clockAhead,
                    idleness,
                    tickEvery,
                    checkpointEvery,
                    writeEvents,
                    parallelism,
                    levels,
                    stateBudget,
                    geoip,
                    trusted);
        }
    }
}
