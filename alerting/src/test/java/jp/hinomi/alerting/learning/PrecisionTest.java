package jp.hinomi.alerting.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrecisionTest {
    @Test
    void theIntervalIsThatOfWilson() {
        // As computed by hand from the formula, and by R: prop.test(8, 10, correct = FALSE).
        Precision eight = new Precision(8, 10);
        assertThat(eight.low()).isCloseTo(0.4902, within(0.0001));
        assertThat(eight.high()).isCloseTo(0.9433, within(0.0001));
    }

    @Test
    void thatAllAgreeIsNoCertainty() {
        assertThat(new Precision(10, 10).low()).isCloseTo(0.7225, within(0.0001));
        assertThat(new Precision(10, 10).high()).isCloseTo(1, within(1e-9));
        assertThat(new Precision(0, 10).low()).isZero();
        assertThat(new Precision(0, 10).high()).isCloseTo(0.2775, within(0.0001));
    }

    @Test
    void withoutVerdictsEverythingIsPossible() {
        assertThat(Precision.NONE.isKnown()).isFalse();
        assertThat(Precision.NONE.low()).isZero();
        assertThat(Precision.NONE.high()).isEqualTo(1);
    }

    @Test
    void moreWorthwhileThanJudgedThereCannotBe() {
        assertThatThrownBy(() -> new Precision(2, 1)).hasMessage("2 of 1 alerts");
    }
}
