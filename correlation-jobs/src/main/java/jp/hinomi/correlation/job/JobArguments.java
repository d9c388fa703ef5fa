package jp.hinomi.correlation.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.correlation.engine.Correlator;

/**
 * The arguments of the job on a stock Flink cluster.
 *
 * @param partitions of each {@code logs.*} topic that does not exist yet
 */
record JobArguments(JobSettings settings, int partitions) {
    static final String USAGE = """
            usage: hinomi-job.jar --bootstrap-servers HOST:PORT[,…] --city DIR [--rules PATH …]
              --out-of-order SECONDS   how late a record may be appended and still be correlated in order (10)
              --parallelism N          of every operator (1)
              --partitions N           of logs.* topics that do not exist yet (4)
              --checkpoint-every SECONDS  (10)
              --tick-every MILLISECONDS   (500)
              --events true|false      write decoded events to the topic 'events' (true)
              --levels N               of chained correlations; deeper rules are refused (4)
              --state-budget N         groups and matches that one rule may remember per subtask (5000000)
              --geoip FILE             database of addresses (MaxMind, .mmdb); may be given again; on every machine
              --group-id ID            under which offsets are committed (hinomi-correlate)
            City and rules are read where the job is submitted and travel with it. The job follows the topic 'rules'
            ('hinomi rules publish'); what that says about a rule's id goes before the rule of --rules. Where the city names
            'rule-keys', only what is signed by one of them counts.""";

    /** @throws IllegalArgumentException naming the argument and what it should be */
    static JobArguments parse(String[] args) {
        String servers = null;
        Path city = null;
        List<Path> rules = new ArrayList<>();
        List<Path> geoip = new ArrayList<>();
        String groupId = null;
        Duration outOfOrder = null;
        Duration checkpointEvery = null;
        Duration tickEvery = null;
        Boolean events = null;
        int parallelism = 1;
        int partitions = 4;
        int levels = JobSettings.USUAL_LEVELS;
        long stateBudget = Correlator.Limits.USUAL_BUDGET;
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i];
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("the argument " + name + " has no value");
            }
            String value = args[i + 1];
            switch (name) {
                case "--bootstrap-servers" -> servers = value;
                case "--city" -> city = Path.of(value);
                case "--rules" -> rules.add(Path.of(value));
                case "--geoip" -> geoip.add(Path.of(value));
                case "--group-id" -> groupId = value;
                case "--out-of-order" -> outOfOrder = Duration.ofSeconds(number(name, value));
                case "--checkpoint-every" -> checkpointEvery = Duration.ofSeconds(number(name, value));
                case "--tick-every" -> tickEvery = Duration.ofMillis(number(name, value));
                case "--parallelism" -> parallelism = number(name, value);
                case "--partitions" -> partitions = number(name, value);
                case "--levels" -> levels = number(name, value);
                case "--state-budget" -> stateBudget = number(name, value);
                case "--events" -> events = flag(name, value);
                default -> throw new IllegalArgumentException("there is no argument " + name);
            }
        }
        need("--bootstrap-servers", servers);
        need("--city", city);
        JobSettings base = JobSettings.of(servers, city, rules);
        return new JobArguments(
                new JobSettings(
                        servers,
                        city,
                        rules,
                        groupId == null ? base.groupId() : groupId,
                        outOfOrder == null ? base.outOfOrder() : outOfOrder,
                        base.clockTolerance(),
                        base.clockAhead(),
                        base.idleness(),
                        tickEvery == null ? base.tickEvery() : tickEvery,
                        checkpointEvery == null ? base.checkpointEvery() : checkpointEvery,
                        events == null ? base.writeEvents() : events,
                        parallelism,
                        levels,
                        stateBudget,
                        geoip,
                        List.of()),
                partitions);
    }

    private static void need(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException("the argument " + name + " is missing");
        }
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a whole number, not '" + value + "'", e);
        }
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " takes true or false, not '" + value + "'");
        };
    }
}
