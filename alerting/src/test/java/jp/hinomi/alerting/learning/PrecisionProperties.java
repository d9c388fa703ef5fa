package jp.hinomi.alerting.learning;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PrecisionProperties {
    @Property(tries = 500)
    void theIntervalHoldsTheShareAndNarrowsWithMoreVerdicts(
            @ForAll @LongRange(min = 1, max = 1_000_000) long judged, @ForAll @LongRange(max = 1_000) long thousandth) {
        Precision precision = new Precision(judged * thousandth / 1_000, judged);
        assertThat(precision.low()).isBetween(0.0, precision.share() + 1e-9);
        assertThat(precision.high()).isBetween(precision.share() - 1e-9, 1.0);
        Precision tenfold = new Precision(precision.worthwhile() * 10, judged * 10);
        assertThat(tenfold.high() - tenfold.low()).isLessThan(precision.high() - precision.low());
    }
}
