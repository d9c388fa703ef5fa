package jp.hinomi.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void pointsOverAGapAreNotJoined() {
        assertThat(Sparkline.of(
                                List.of(
                                        new Sparkline.Point(0, 1),
                                        new Sparkline.Point(0.1, 2),
                                        new Sparkline.Point(0.5, 1),
                                        new Sparkline.Point(0.6, 0)),
                                0.1)
                        .line())
                .isEqualTo("M1.5 14.0L15.6 1.5M72.0 14.0L86.1 26.5");
    }

    @Test
    void aPointAloneIsADot() {
        assertThat(Sparkline.of(List.of(new Sparkline.Point(1, 5)), 0.1).line()).isEqualTo("M142.5 1.5h.5");
    }

    @Test
    void nothingIsNoLineAndZeroIsTheLowerEdge() {
        assertThat(Sparkline.of(List.of(), 0.1).line()).isEmpty();
        assertThat(Sparkline.of(List.of(new Sparkline.Point(0, 0)), 0.1).line()).isEqualTo("M1.5 26.5h.5");
    }
}
