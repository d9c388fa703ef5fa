package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.stage.Asking;
import jp.hinomi.correlation.stage.Askings;
import jp.hinomi.correlation.stage.Silence;
import jp.hinomi.correlation.state.AlertSerializer;
import jp.hinomi.correlation.state.TallySerializer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.ingest.clock.ClockLimits;
import jp.hinomi.ingest.clock.Tallies;
import jp.hinomi.ingest.clock.Tally;
import jp.hinomi.rules.RuleSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The watch over the sources and what tells alerts of it: a firewall that is expected every minute writes for 100 s, falls
 * silent and comes back after 400 s, while alerts ask for it.
 */
class BlindSpotOperatorTest {
    private static final long BEGIN = 1_775_000_000_000L;
    private static final long BOUND = 10_000;
    private static final String FIREWALL = "fw-edge-01";

    private final City city = CityReader.read(Path.of("../examples/city"), warning -> {});
    private final Workspace workspace = Workspace.of(Optional.of(city), RuleSet.EMPTY);
    private final TreeMap<Integer, String> alerts = new TreeMap<>();
    private OneInputStreamOperatorTestHarness<Tally, Alert> watching;
    private TwoInputStreamOperatorTestHarness<Asking, Silence, Alert> asking;

    private void open(OperatorSubtaskState watched, OperatorSubtaskState asked) throws Exception {
        watching = new OneInputStreamOperatorTestHarness<>(
                new SourceWatchOperator(() -> workspace, new ClockLimits(3_600_000, 10_000, 10_000)),
                TallySerializer.INSTANCE);
        watching.setup(AlertSerializer.INSTANCE);
        asking = new TwoInputStreamOperatorTestHarness<>(new BlindSpotOperator(() -> workspace));
        asking.setup(AlertSerializer.INSTANCE);
        if (watched != null) {
            watching.initializeState(watched);
        }
        if (asked != null) {
            asking.initializeState(asked);
        }
        watching.open();
        asking.open();
    }

    /** @param ahead how many seconds the alerts come before the watch has got so far */
    private TreeMap<Integer, String> run(int killEvery, int ahead) throws Exception {
        alerts.clear();
        open(null, null);
        for (int second = 0; second < 700; second++) {
            long now = BEGIN + second * 1000L;
            Tallies tallies = new Tallies();
            tallies.partition("logs.firewall-0", now);
            if (second < 100 || second >= 400) {
                tallies.decoded(FIREWALL, now, now);
            }
            for (Tally tally : tallies.take()) {
                watching.processElement(new StreamRecord<>(tally));
            }
            long raised = now + (ahead - 10) * 1000L;
            if (second % 5 == 0) {
                asking.processElement1(new StreamRecord<>(Askings.of(
                        Long.toString((raised - BEGIN) / 1000), raised - 20_000, raised - 20_000, raised, FIREWALL)));
            }
            pass(now - BOUND - 1);
            if (killEvery > 0 && second % killEvery == killEvery - 1) {
                OperatorSubtaskState watched = watching.snapshot(second, second);
                OperatorSubtaskState asked = asking.snapshot(second, second);
                close();
                open(watched, asked);
            }
        }
        close();
        return new TreeMap<>(alerts.subMap(100, 650));
    }

    private void pass(long watermark) throws Exception {
        watching.processWatermark(watermark);
        while (watching.getSideOutput(SourceWatchOperator.SILENCES) != null
                && !watching.getSideOutput(SourceWatchOperator.SILENCES).isEmpty()) {
            asking.processElement2(new StreamRecord<>(
                    watching.getSideOutput(SourceWatchOperator.SILENCES).poll().getValue()));
        }
        asking.processWatermark2(new org.apache.flink.streaming.api.watermark.Watermark(watermark));
        asking.extractOutputValues()
                .forEach(alert -> assertThat(alerts.put(
                                Integer.valueOf(alert.id()),
                                new String(AlertJson.write(alert), StandardCharsets.UTF_8)))
                        .as(alert.id())
                        .isNull());
        asking.getOutput().clear();
    }

    private void close() throws Exception {
        watching.close();
        asking.close();
    }

    @Test
    void alertsOfTheSilenceSayThatTheRuleWasBlind() throws Exception {
        // Overdue from 99 s + 60 s on; alerts look back 20 s.
        run(0, 0)
                .forEach((at, json) -> assertThat(json)
                        .as("at " + at)
                        .contains(
                                at >= 160 && at < 420 ? "\"not_evaluable\":[\"fw-edge-01\"]" : "\"not_evaluable\":[]"));
    }

    @Test
    void theAnswerDependsNeitherOnSpeedNorOnRestarts() throws Exception {
        TreeMap<Integer, String> expected = run(0, 0);
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(run(29, 0)).isEqualTo(expected);
        assertThat(run(61, 40)).containsAllEntriesOf(expected);
        assertThat(run(0, -30)).containsAllEntriesOf(new TreeMap<>(expected.headMap(600)));
    }
}
