package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.engine.Happening;
import jp.hinomi.correlation.engine.Model;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.Scenario;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * Whatever dies, whenever, and however many go on: the alerts are those of the model.
 *
 * <p>A run is fed, saved at random points, killed after some of them (what was sent since then stays with the consumers),
 * restored at another parallelism, and fed again from the save on, in another order of arrival.
 *
 * <p>Seen to fail when broken: without the muted replay, without saving the pending matches, without the open alert or the
 * window in the saved state (all in {@code Correlator.restore}); with {@code dirty} not marked when a window is judged;
 * with the restored watermark ignored; with suppression measured from the first firing.
 */
class CorrelateOperatorProperties {
    @Property(tries = 150)
    void crashesAndRescalesChangeNothing(@ForAll long seed) throws Exception {
        check(seed, new HashMapStateBackend());
    }

    /**
     * Full snapshots: an incremental one names files of the checkpoint before it by placeholders, which only Flink's
     * checkpoint coordinator can resolve, and the harness has none. Whole clusters restore incremental ones.
     */
    @Property(tries = 15)
    void norOnRocksDb(@ForAll long seed) throws Exception {
        check(seed, new EmbeddedRocksDBStateBackend(false));
    }

    private static void check(long seed, StateBackend backend) throws Exception {
        Scenario scenario = Scenario.random(seed);
        Random random = new Random(seed);
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
                run.add(stream.get(at), stream.get(at).time());
                newest = Math.max(newest, stream.get(at).time());
                run.advance(newest - Scenario.BOUND - 1);
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
        Model model = new Model(scenario.rules(), stream, scenario.last());
        assertThat(Outcome.sorted(alerts.values())).isEqualTo(Outcome.kept(model.outcomes()));
    }
}
