package jp.hinomi.correlation.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Alert;
import org.junit.jupiter.api.Test;

class BlindSpotsTest {
    private final List<Alert> told = new ArrayList<>();
    private final BlindSpots spots = new BlindSpots(told::add);

    private List<String> ids() {
        return told.stream().map(Alert::id).toList();
    }

    @Test
    void anAlertWaitsUntilItsWholeTimeIsJudged() {
        spots.take(Askings.of("a", 1_000, 1_000, 9_000, "fw"));
        spots.judged(9_000);
        assertThat(told).isEmpty();
        spots.take(new Silence("fw", 8_000, Silence.LASTS));
        spots.judged(9_001);
        assertThat(ids()).containsExactly("a");
        assertThat(told.get(0).notEvaluable()).containsExactly("fw");
    }

    @Test
    void aSilenceThatWasOverBeforeOrBeganAfterwardsDoesNotMatter() {
        spots.take(new Silence("fw", 100, 1_000));
        spots.take(new Silence("fw", 9_001, Silence.LASTS));
        spots.take(new Silence("other", 100, Silence.LASTS));
        spots.judged(20_000);
        spots.take(Askings.of("a", 1_000, 2_000, 9_000, "fw"));
        assertThat(told.get(0).notEvaluable()).isEmpty();
        spots.take(Askings.of("b", 999, 2_000, 9_000, "fw"));
        assertThat(told.get(1).notEvaluable()).containsExactly("fw");
    }

    @Test
    void nobodyWaitsWhenEveryAnswerIsKnown() {
        spots.take(new Silence("fw", 500, Silence.LASTS));
        spots.judged(1_000);
        spots.take(Askings.of("c", 1_000, 1_000, 9_000, "fw")); // it may be heard again at that moment
        assertThat(told).isEmpty();
        spots.take(Askings.of("a", 999, 1_000, 9_000, "fw", "fw"));
        assertThat(told.get(0).notEvaluable()).containsExactly("fw");
        spots.take(Askings.of("b", 999, 1_000, 9_000, "fw", "gw"));
        assertThat(ids()).containsExactly("a");
    }

    @Test
    void tooManyDoNotWait() {
        for (int i = 0; i <= BlindSpots.MOST_WAITING; i++) {
            spots.take(Askings.of("a" + i, 1_000, 1_000, 9_000 + i, "fw"));
        }
        assertThat(ids()).containsExactly("a0");
        assertThat(spots.hurried()).isEqualTo(1);
        for (int i = 0; i < 2 * BlindSpots.MOST_SILENCES; i++) {
            spots.take(new Silence("fw", i * 10L, i * 10L + 5));
        }
        assertThat(spots.silences()).hasSize(BlindSpots.MOST_SILENCES);
    }

    @Test
    void whatTheCityNoLongerWatchesIsForgotten() {
        spots.restore(
                List.of(new Silence("fw", 1, Silence.LASTS), new Silence("gone", 1, Silence.LASTS)),
                List.of(Askings.of("a", 5, 5, 5, "fw", "gone")),
                Set.of("fw"));
        spots.judged(6);
        assertThat(told.get(0).notEvaluable()).containsExactly("fw");
    }
}
