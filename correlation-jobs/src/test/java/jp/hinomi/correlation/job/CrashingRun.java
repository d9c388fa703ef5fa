package jp.hinomi.correlation.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.Scenario;
import org.apache.flink.runtime.state.StateBackend;

/**
 * A run that is fed, saved at random points, killed after some of them (what was sent since then stays with the consumers),
 * restored at another parallelism, and fed again from the save on.
 */
final class CrashingRun {
    private CrashingRun() {}

    /** What consumers know in the end. */
    static Map<String, Outcome> alerts(Scenario scenario, Random random, StateBackend backend) throws Exception {
        Map<String, Outcome> alerts = new ConcurrentHashMap<>();
        List<Happening> stream = scenario.arrivals();
        OperatorRun run = new OperatorRun(scenario.rules(), 1, Optional.empty(), alerts, Optional.of(backend));
        Optional<OperatorRun.Snapshot> saved = Optional.empty();
        int savedAt = 0;
        int crashes = 0;
        try {
            long newest = Long.MIN_VALUE;
            long newestSaved = newest;
            for (int at = 0; at < stream.size(); at++) {
                run.add(stream.get(at), stream.get(at).due());
                newest = Math.max(newest, scenario.appended(stream.get(at)));
                run.advance(newest - scenario.bound() - 1);
                if (random.nextInt(5) == 0) {
                    saved = Optional.of(run.snapshot(at));
                    savedAt = at + 1;
                    newestSaved = newest;
                }
                if (saved.isPresent() && crashes < 3 && random.nextInt(6) == 0) {
                    crashes++;
                    run.close();
                    int parallelism = List.of(1, 2, 4).get(random.nextInt(3));
                    run = new OperatorRun(scenario.rules(), parallelism, saved, alerts, Optional.of(backend));
                    at = savedAt - 1;
                    newest = newestSaved;
                }
            }
            run.advance(scenario.last());
            run.advance(Long.MAX_VALUE);
        } finally {
            run.close();
        }
        return alerts;
    }
}
