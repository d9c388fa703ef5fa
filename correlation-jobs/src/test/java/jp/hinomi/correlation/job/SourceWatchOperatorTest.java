package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.state.AlertSerializer;
import jp.hinomi.correlation.state.Observed;
import jp.hinomi.correlation.state.TallySerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import jp.hinomi.ingest.clock.ClockLimits;
import jp.hinomi.ingest.clock.Tally;
import jp.hinomi.rules.RuleSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operators around the watch, fed, saved, restored and fed. */
class SourceWatchOperatorTest {
    private static final long BEGIN = 1_775_000_000_000L;
    private static final long BOUND = 10_000;

    /** Its clock is nine hours behind. */
    private static final String ZONE = "city-os-gw-01";

    /** It is expected every minute and falls silent after 100 s. */
    private static final String SILENT = "fw-edge-01";

    private final City city = CityReader.read(Path.of("../examples/city"), warning -> {});
    private final Workspace workspace = Workspace.of(Optional.of(city), RuleSet.EMPTY);
    private TallyOperator counter;
    private OneInputStreamOperatorTestHarness<Observed, Tally> counting;
    private OneInputStreamOperatorTestHarness<Tally, Alert> watching;
    private final List<Alert> alerts = new ArrayList<>();

    private void open(OperatorSubtaskState state) throws Exception {
        counting = new OneInputStreamOperatorTestHarness<>(counter = new TallyOperator());
        counting.setup(TallySerializer.INSTANCE);
        counting.open();
        watching = new OneInputStreamOperatorTestHarness<>(
                new SourceWatchOperator(() -> workspace, new ClockLimits(3_600_000, 10_000, 10_000)),
                TallySerializer.INSTANCE);
        watching.setup(AlertSerializer.INSTANCE);
        if (state != null) {
            watching.initializeState(state);
        }
        watching.open();
    }

    private void pass(Long watermark) throws Exception {
        for (Tally tally : counting.extractOutputValues()) {
            watching.processElement(new StreamRecord<>(tally));
        }
        counting.getOutput().clear();
        if (watermark != null) {
            watching.processWatermark(watermark);
        }
        alerts.addAll(watching.extractOutputValues());
        watching.getOutput().clear();
    }

    private List<String> run(int killEvery) throws Exception {
        alerts.clear();
        open(null);
        for (int second = 0; second < 900; second++) {
            long now = BEGIN + second * 1000L;
            counting.processElement(new StreamRecord<>(new Observed("logs.gateway-0", null, now, false, 0)));
            counting.processElement(
                    new StreamRecord<>(new Observed("logs.gateway-0", ZONE, now, true, now - 32_400_500)));
            if (second < 100) {
                counting.processElement(
                        new StreamRecord<>(new Observed("logs.firewall-0", SILENT, now, true, now - 5)));
            }
            counting.processElement(new StreamRecord<>(new Observed("logs.firewall-0", null, now, false, 0)));
            if (killEvery > 0 && second % killEvery == killEvery - 1) {
                counter.prepareSnapshotPreBarrier(second);
                pass(null);
                OperatorSubtaskState state = watching.snapshot(second, second);
                counting.close();
                watching.close();
                open(state);
            }
            counting.processWatermark(now - BOUND - 1);
            pass(now - BOUND - 1);
        }
        counting.close();
        watching.close();
        return alerts.stream()
                .map(alert -> new String(AlertJson.write(alert), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anInterruptedRunSaysTheSame() throws Exception {
        List<String> expected = run(0);
        assertThat(expected).hasSizeGreaterThan(2);
        assertThat(run(7)).isEqualTo(expected);
        assertThat(run(31)).isEqualTo(expected);
    }

    @Test
    void theAlertIsForWhoeverOperatesTheSource() throws Exception {
        run(0);
        Alert zone = about("source_wrong_time_zone");
        assertThat(zone.group()).containsEntry("observer.name", ZONE);
        assertThat(zone.resources()).containsExactly(new Alert.AffectedResource("city-os-api", Alert.Part.OBSERVER));
        assertThat(zone.rule().title("ja")).contains(ZONE);
        assertThat(zone.rule().response("en")).contains("zone: UTC");
        assertThat(zone.severity()).isGreaterThanOrEqualTo(Severity.MEDIUM);
        Alert silent = about("source_silent");
        assertThat(silent.group()).containsEntry("observer.name", SILENT);
        assertThat(silent.time()).isEqualTo(BEGIN + 99_000 + 60_000);
    }

    private Alert about(String rule) {
        return alerts.stream()
                .filter(alert -> alert.rule().name().equals(rule))
                .filter(alert -> List.of(ZONE, SILENT).contains(alert.group().get("observer.name")))
                .findFirst()
                .orElseThrow();
    }
}
