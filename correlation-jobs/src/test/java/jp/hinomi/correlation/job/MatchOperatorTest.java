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
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
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
}
