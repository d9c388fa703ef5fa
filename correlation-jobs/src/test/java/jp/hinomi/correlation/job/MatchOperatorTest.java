package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import jp.hinomi.correlation.engine.Sigma;
import jp.hinomi.correlation.stage.Combiner;
import jp.hinomi.correlation.state.AlertSerializer;
import jp.hinomi.correlation.state.Routed;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * Matches of one group leave together, and before anything could make them late or lose them. Each test was seen to fail
 * without the flush that it is about.
 */
class MatchOperatorTest {
    private static final Workspace WORKSPACE = Workspace.of(
            Optional.empty(),
            Sigma.set(
                    Sigma.detection("d"),
                    Sigma.correlation(
                            "c",
                            Type.EVENT_COUNT,
                            List.of("d"),
                            List.of(),
                            Duration.ofMinutes(1),
                            List.of(new Criterion(Operator.GTE, 3)),
                            Optional.empty())));

    private record Fixed() implements WorkspaceSource {
        @Override
        public Workspace workspace() {
            return WORKSPACE;
        }

        @Override
        public FollowedWorkspace follow() {
            return this::workspace;
        }
    }

    private interface Step {
        void on(OneInputStreamOperatorTestHarness<SecurityEvent, Alert> harness) throws Exception;
    }

    /** How many records left, and how many matches in them, after some events and then the step. */
    private static int[] sent(int events, Step step) throws Exception {
        try (OneInputStreamOperatorTestHarness<SecurityEvent, Alert> harness =
                new OneInputStreamOperatorTestHarness<>(new MatchOperator(new Fixed(), Duration.ofSeconds(10)))) {
            harness.setup(AlertSerializer.INSTANCE);
            harness.open();
            for (int i = 0; i < events; i++) {
                SecurityEvent event = new SecurityEvent.Builder("e" + i, 1_000 + i).build();
                harness.processElement(new StreamRecord<>(event, 1_000 + i));
            }
            step.on(harness);
            Queue<StreamRecord<Routed>> out = harness.getSideOutput(Levels.tag(0));
            return out == null
                    ? new int[] {0, 0}
                    : new int[] {
                        out.size(),
                        out.stream()
                                .mapToInt(each -> each.getValue().matches().size())
                                .sum()
                    };
        }
    }

    @Test
    void heldUntilTimeMovesOn() throws Exception {
        assertThat(sent(20, harness -> {})).containsExactly(0, 0);
        assertThat(sent(20, harness -> harness.processWatermark(900))).containsExactly(1, 20);
    }

    @Test
    void sentBeforeTimeMovesOnWithoutIt() throws Exception {
        assertThat(sent(20, harness -> harness.processWatermarkStatus(WatermarkStatus.IDLE)))
                .containsExactly(1, 20);
    }

    @Test
    void sentBeforeASnapshot() throws Exception {
        assertThat(sent(20, harness -> harness.prepareSnapshotPreBarrier(1))).containsExactly(1, 20);
    }

    @Test
    void sentWhenTheInputEnds() throws Exception {
        assertThat(sent(20, harness -> harness.getOneInputOperator().finish())).containsExactly(1, 20);
    }

    @Test
    void noMoreThanMemoryIsMeantFor() throws Exception {
        assertThat(sent(Combiner.MOST + 20, harness -> {})).containsExactly(1, Combiner.MOST);
    }

    private static final String EXCEPTED = """
            title: D
            name: d
            detection: {f: {event.outcome: failure}, condition: f}
            logsource: {category: authentication}
            ---
            title: A scanner
            name: scanner
            owner: city-soc
            reason: it is ours
            expires: 1970-01-01T00:00:10Z
            logsource: {category: authentication}
            filter: {rules: [d], s: {source.ip: 192.0.2.1}, condition: s}
            """;

    private static SecurityEvent failure(int id, long time) {
        return new SecurityEvent.Builder("e" + id, time)
                .put(Fields.EVENT_OUTCOME, "failure")
                .put(Fields.SOURCE_IP, "192.0.2.1")
                .build();
    }

    @Test
    void whatIsSuppressedAlertsNobodyAndIsCountedOnceUntilTheExceptionEnds() throws Exception {
        Workspace workspace = Workspace.of(
                Optional.empty(),
                RuleReader.readTexts(List.of(new RuleSource("r.yml", EXCEPTED)), Placeholders.NONE)
                        .rules());
        try (OneInputStreamOperatorTestHarness<SecurityEvent, Alert> harness =
                new OneInputStreamOperatorTestHarness<>(new MatchOperator(() -> workspace, Duration.ofSeconds(10)))) {
            harness.setup(AlertSerializer.INSTANCE);
            harness.open();
            for (int i = 0; i < 4; i++) {
                harness.processElement(new StreamRecord<>(failure(i, 9_998 + i), 9_998 + i));
            }
            assertThat(harness.extractOutputValues())
                    .extracting(Alert::time)
                    .as("from its end on, by event time")
                    .containsExactly(10_000L, 10_001L);
            harness.prepareSnapshotPreBarrier(1);
            harness.prepareSnapshotPreBarrier(2);
            harness.getOneInputOperator().finish();
            assertThat(harness.getSideOutput(MatchOperator.SUPPRESSED))
                    .extracting(StreamRecord::getValue)
                    .containsExactlyInAnyOrder(
                            new Suppressed("d", "", 0, 2, 9_999), new Suppressed("d", "scanner", 0, 2, 9_999));
        }
    }
}
