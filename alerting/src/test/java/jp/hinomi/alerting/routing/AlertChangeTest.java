package jp.hinomi.alerting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import org.junit.jupiter.api.Test;

class AlertChangeTest {
    private static AlertChange change(AlertChange.Known known, SampleAlert incoming) {
        return AlertChange.of(Optional.of(known), incoming.build());
    }

    private static final AlertChange.Known KNOWN = new AlertChange.Known(
            3,
            Severity.MEDIUM,
            Set.of(
                    new Alert.AffectedResource("api", Alert.Part.TARGET),
                    new Alert.AffectedResource("camera", Alert.Part.OBSERVER)));

    private static SampleAlert revision(int revision) {
        return SampleAlert.of("a").target("api").severity(Severity.MEDIUM).revision(revision);
    }

    @Test
    void whatNobodyKnowsIsNewWhateverItsRevision() {
        assertThat(AlertChange.of(Optional.empty(), revision(7).build())).isEqualTo(new AlertChange.New());
    }

    @Test
    void theSameOrAnOlderRevisionIsStaleEvenIfItLooksWorse() {
        assertThat(change(KNOWN, revision(3))).isEqualTo(new AlertChange.Stale());
        assertThat(change(KNOWN, revision(2).severity(Severity.CRITICAL))).isEqualTo(new AlertChange.Stale());
    }

    @Test
    void onlyWorseThanWhatPeopleWereToldIsRaised() {
        assertThat(change(KNOWN, revision(4).severity(Severity.HIGH)))
                .isEqualTo(new AlertChange.Raised(Severity.MEDIUM));
        assertThat(change(KNOWN, revision(4).severity(Severity.LOW))).isEqualTo(new AlertChange.Updated());
    }

    @Test
    void aResourceThatWasNotTouchedBeforeWidensIt() {
        assertThat(change(KNOWN, revision(4).target("sensors"))).isEqualTo(new AlertChange.Widened(Set.of("sensors")));
        assertThat(change(KNOWN, revision(4))).isEqualTo(new AlertChange.Updated());
    }

    /** Fails if ids are compared without their parts. */
    @Test
    void whatOnlyLookedOnAndIsHitNowWidensItAndNotTheOtherWayRound() {
        assertThat(change(KNOWN, revision(4).target("camera"))).isEqualTo(new AlertChange.Widened(Set.of("camera")));
        assertThat(change(KNOWN, revision(4).touches("camera", Alert.Part.ORIGIN)))
                .isEqualTo(new AlertChange.Widened(Set.of("camera")));
        assertThat(change(KNOWN, revision(4).touches("camera", Alert.Part.OBSERVER)))
                .isEqualTo(new AlertChange.Updated());
        assertThat(change(KNOWN, revision(4).touches("api", Alert.Part.OBSERVER)))
                .isEqualTo(new AlertChange.Updated());
        assertThat(change(KNOWN, revision(4).touches("api", Alert.Part.ORIGIN))).isEqualTo(new AlertChange.Updated());
    }
}
