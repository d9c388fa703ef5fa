package jp.hinomi.alerting.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void aRuleIsImpreciseOnlyWhenItIsNearlySure() {
        assertThat(Fault.of(true, true, 10, 30, new Precision(0, 4), 0)).isEmpty();
        assertThat(Fault.of(true, true, 10, 30, new Precision(0, 5), 0)).containsExactly(Fault.IMPRECISE);
        assertThat(Fault.of(true, true, 10, 30, new Precision(3, 10), 0)).isEmpty(); // it may be six of ten
        assertThat(Fault.of(true, true, 100, 30, new Precision(30, 100), 0)).containsExactly(Fault.IMPRECISE);
    }

    @Test
    void itIsNoisyByWhatItRaisesADay() {
        assertThat(Fault.of(true, true, 599, 30, Precision.NONE, 0)).isEmpty();
        assertThat(Fault.of(true, true, 600, 30, Precision.NONE, 0)).containsExactly(Fault.NOISY);
    }

    @Test
    void whoCannotSeeIsNotOnlySilent() {
        assertThat(Fault.of(true, true, 0, 30, Precision.NONE, 1)).containsExactly(Fault.BLIND, Fault.SILENT);
        assertThat(Fault.of(true, false, 0, 30, Precision.NONE, 1)).containsExactly(Fault.BLIND); // too early to tell
        assertThat(Fault.of(false, true, 0, 30, Precision.NONE, 0)).containsExactly(Fault.STOPPED);
    }
}
