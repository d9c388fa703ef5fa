package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
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
 * <p>See {@link CrashingRun} for what happens to a run.
 *
 * <p>Seen to fail when broken: without the muted replay, without saving the pending matches, without the open alert or the
 * window in the saved state (all in {@code Correlator.restore}); with {@code dirty} not marked when a window is judged;
 * with the restored watermark ignored; with suppression measured from the first firing; with late matches that wait restored as if they were not late.
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
        Scenario quick = Scenario.random(seed).withLate(new Random(seed));
        // Groups end only after seconds.
        Scenario scenario = seed % 2 == 0 ? quick : quick.inSeconds();
        Random random = new Random(seed);
        Map<String, Outcome> alerts = CrashingRun.alerts(scenario, random, backend);
        Model model = new Model(scenario.rules(), scenario.arrivals(), scenario.last());
        assertThat(Outcome.sorted(alerts.values())).isEqualTo(Outcome.kept(model.outcomes()));
    }
}
