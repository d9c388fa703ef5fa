package jp.hinomi.ingest.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.hinomi.city.Source;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealth.State;
import org.junit.jupiter.api.Test;

/** At 0 s this is appended, between then and then that is found. The beginning lies on a multiple of ten seconds. */
class SourceWatchTest {
    private static final Map<String, Source> UNTIMED = Log.sources(null, "s");
    private static final Map<String, Source> MINUTE = Log.sources(Duration.ofSeconds(60), "s");
    private static final long HOUR = 3_600_000;

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void aClockNineHoursBehindIsAZoneMistakeAndTheAdviceNamesTheZone() {
        Finding finding =
                only(new Log().every(2_000, 0, 60_000, "s", -9 * HOUR - 1_500).findings(UNTIMED));
        assertThat(finding.episode().state()).isEqualTo(State.WRONG_TIME_ZONE);
        assertThat(finding.episode().begin()).isEqualTo(Log.BEGIN + 28_000); // when three spans were seen
        assertThat(Advice.of(UNTIMED.get("s"), finding.episode()).english())
                .contains("-9:00 behind")
                .contains("`zone: UTC`");
        Finding india =
                only(new Log().every(2_000, 0, 60_000, "s", 45 * 60_000L).findings(UNTIMED));
        assertThat(Advice.of(UNTIMED.get("s"), india.episode()).english()).contains("`zone: \"+09:45\"`");
    }

    @Test
    void everyKindOfWrongClockHasItsName() {
        assertThat(state(-40_000)).isEqualTo(State.DRIFTING);
        assertThat(state(40_000)).isEqualTo(State.DRIFTING);
        assertThat(state(7 * 60_000)).isEqualTo(State.DRIFTING);
        assertThat(state(HOUR + 7 * 60_000)).isEqualTo(State.FUTURE);
        assertThat(state(400_000_000_000L)).isEqualTo(State.FUTURE);
        assertThat(state(-HOUR - 7 * 60_000)).isEqualTo(State.STALE);
        assertThat(state(-Log.BEGIN)).isEqualTo(State.STALE);
        assertThat(state(Long.MAX_VALUE - Log.BEGIN - 100_000)).isEqualTo(State.FUTURE);
    }

    private static State state(long offset) {
        return only(new Log().every(2_000, 0, 60_000, "s", offset).findings(UNTIMED))
                .episode()
                .state();
    }

    @Test
    void transportInBatchesIsNoDrift() {
        Log log = new Log();
        for (int batch = 1; batch < 10; batch++) {
            for (int i = 0; i < 100; i++) {
                log.record(batch * 300_000L + i, "s", -(i * 3_000L));
            }
        }
        assertThat(log.findings(UNTIMED)).isEmpty();
    }

    @Test
    void aRepairedClockEndsTheEpisodeOnce() {
        Log log = new Log().every(2_000, 0, 120_000, "s", 9 * HOUR).every(2_000, 120_000, 400_000, "s", -200L);
        List<Finding> findings = log.findings(UNTIMED);
        assertThat(findings).extracting(Finding::isOver).containsExactly(false, true);
        assertThat(findings.get(1).episode().begin())
                .isEqualTo(findings.get(0).episode().begin());
        assertThat(findings.get(1).episode().revision()).isEqualTo(2);
    }

    @Test
    void anOffsetAtTheLimitDoesNotComeAndGo() {
        Log log = new Log();
        for (int span = 0; span < 200; span++) {
            log.every(2_000, span * 10_000L, span * 10_000L + 10_000, "s", span / 6 % 2 == 0 ? 11_000L : 9_000L);
        }
        assertThat(log.findings(UNTIMED)).hasSize(1);
    }

    @Test
    void silenceIsFoundAtItsDeadlineAndEndsAtTheNextRecord() {
        Log log = new Log().ticks(0, 300_000).record(0, "s", 1L).record(200_123, "s", 1L);
        List<Finding> findings = log.findings(MINUTE);
        assertThat(findings).extracting(Finding::isOver).containsExactly(false, true, false);
        assertThat(findings.get(0).episode().begin()).isEqualTo(Log.BEGIN + 60_000);
        assertThat(findings.get(1).episode().said()).isEqualTo(Log.BEGIN + 200_123);
        assertThat(findings.get(2).episode().begin()).isEqualTo(Log.BEGIN + 260_123);
    }

    @Test
    void aRecordAtTheDeadlineIsInTime() {
        assertThat(new Log()
                        .ticks(0, 110_000)
                        .record(0, "s", 1L)
                        .record(60_000, "s", 1L)
                        .findings(MINUTE))
                .isEmpty();
        assertThat(new Log()
                        .ticks(0, 110_000)
                        .record(0, "s", 1L)
                        .record(60_001, "s", 1L)
                        .findings(MINUTE))
                .hasSize(2);
    }

    @Test
    void whoNeverWroteIsSilentAsWell() {
        assertThat(only(new Log().ticks(0, 100_000).findings(MINUTE)).episode().begin())
                .isEqualTo(Log.BEGIN + 60_000);
    }

    /** The broker is down for ten minutes; the source waits, and is back five seconds after it. */
    @Test
    void anOutageOfTheBrokerIsNotTheSilenceOfASource() {
        Log log = new Log()
                .ticks(0, 60_000)
                .every(10_000, 0, 40_000, "s", 1L)
                .ticks(660_000, 760_000)
                .every(10_000, 715_000, 760_000, "s", 1L);
        assertThat(log.findings(MINUTE)).isEmpty();
        // Without the ticks of one partition nobody knows whether its sources wrote.
        Log half = new Log().ticks(0, 60_000).every(10_000, 0, 60_000, "s", 1L);
        half.ticks(60_000, 400_000);
        half.entries.removeIf(entry -> entry.append() >= Log.BEGIN + 60_000
                && entry.append() < Log.BEGIN + 300_000
                && entry.partition().equals("a"));
        assertThat(only(half.findings(MINUTE)).episode().begin()).isEqualTo(Log.BEGIN + 360_000);
    }

    @Test
    void aShortPauseOfTheTicksOnlyStopsTheClock() {
        Log log = new Log().ticks(0, 30_000).record(0, "s", 1L).ticks(50_000, 200_000);
        assertThat(only(log.findings(MINUTE)).episode().begin()).isEqualTo(Log.BEGIN + 80_000);
    }

    @Test
    void manyRejectsAreAFindingUnlessTheyAreUsual() {
        Log sudden = new Log().every(1_000, 0, 300_000, "s", 1L).every(1_000, 300_000, 600_000, "s", null);
        Finding finding = only(sudden.findings(UNTIMED));
        assertThat(finding.episode().state()).isEqualTo(State.REJECTING);
        assertThat(finding.episode().begin()).isBetween(Log.BEGIN + 300_000, Log.BEGIN + 330_000);
        Log usual = new Log();
        for (long time = 0; time < 6_000_000; time += 1_000) {
            usual.record(time, "s", time % 10_000 == 0 ? null : Long.valueOf(1));
        }
        for (long time = 6_000_000; time < 6_600_000; time += 1_000) {
            usual.record(time, "s", time % 4_000 == 0 ? null : Long.valueOf(1));
        }
        assertThat(usual.findings(UNTIMED)).isEmpty();
    }

    @Test
    void anEpisodeThatLastsIsToldAgainEveryHour() {
        List<Finding> findings = new Log().ticks(0, 3 * HOUR + 100_000).findings(MINUTE);
        assertThat(findings).extracting(finding -> finding.episode().revision()).containsExactly(1, 2, 3, 4);
        assertThat(findings).extracting(finding -> finding.episode().begin()).containsOnly(Log.BEGIN + 60_000);
    }

    @Test
    void healthIsToldEveryMinuteAndAtOnceWhenItChanges() {
        SourceWatch watch = new SourceWatch(Log.LIMITS);
        watch.sources(MINUTE);
        Tallies tallies = new Tallies();
        new Log()
                .ticks(0, 200_000)
                .every(1_000, 0, 50_000, "s", -500L)
                .entries
                .forEach(each -> Log.read(each, tallies));
        tallies.take().forEach(watch::take);
        List<SourceHealth> healths = watch.advance(Log.BEGIN + 199_999).healths();
        assertThat(healths)
                .extracting(SourceHealth::state)
                .containsSubsequence(State.OK, State.OK, State.SILENT)
                .endsWith(State.SILENT);
        SourceHealth last = healths.get(healths.size() - 1);
        assertThat(last.lastSeen()).isEqualTo(OptionalLong.of(Log.BEGIN + 49_000));
        assertThat(last.offsetMillis()).isEqualTo(OptionalLong.of(-500));
        assertThat(last.since()).isEqualTo(Log.BEGIN + 109_000);
        assertThat(healths.size()).isLessThan(8);
    }
}
