package jp.hinomi.alerting.learning;

import static jp.hinomi.alerting.learning.Weight.NONE;
import static jp.hinomi.alerting.learning.Weight.WASTED;
import static jp.hinomi.alerting.learning.Weight.WORTHWHILE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private final List<JudgedAlert> alerts = new ArrayList<>();

    private void alerts(int n, Weight weight, long count, String source) {
        for (int i = 0; i < n; i++) {
            alerts.add(new JudgedAlert(weight + source + i, weight, count, Map.of("source.ip", source)));
        }
    }

    @Test
    void aValueThatOnlyEverWastedTimeIsProposedAsAnException() {
        alerts(4, WASTED, 6, "192.0.2.17");
        alerts(3, WASTED, 6, "192.0.2.18");
        alerts(2, WASTED, 6, "192.0.2.19"); // may be chance
        alerts(9, WASTED, 6, "203.0.113.7");
        alerts(1, WORTHWHILE, 6, "203.0.113.7");
        alerts(2, NONE, 6, "192.0.2.17");

        List<Proposal> proposals = Proposals.of(alerts, OptionalLong.empty());

        assertThat(proposals)
                .containsExactly(
                        new Proposal.Except("source.ip", "192.0.2.17"), new Proposal.Except("source.ip", "192.0.2.18"));
        Proposal.Preview preview = Proposal.Preview.of(proposals.get(0), alerts);
        assertThat(preview.wasted()).isEqualTo(4);
        assertThat(preview.unjudged()).isEqualTo(2);
        assertThat(preview.worthwhile()).isZero();
        assertThat(preview.of()).isEqualTo(21);
    }

    @Test
    void theBoundRisesToTheSmallestWorthwhileAlertAndNotBeyond() {
        alerts(5, WASTED, 6, "192.0.2.1");
        alerts(2, WASTED, 40, "192.0.2.2");
        alerts(1, WORTHWHILE, 30, "192.0.2.1");
        alerts(1, WORTHWHILE, 80, "192.0.2.3");

        List<Proposal> proposals = Proposals.of(alerts, OptionalLong.of(5));

        assertThat(proposals).containsExactly(new Proposal.Raise(5, 30));
        assertThat(Proposal.Preview.of(proposals.get(0), alerts).hidden())
                .hasSize(5)
                .allMatch(alert -> alert.weight() == WASTED);
    }

    @Test
    void withoutAWorthwhileAlertNothingSaysHowFarIsEnough() {
        alerts(2, WASTED, 6, "192.0.2.1");
        alerts(2, WASTED, 6, "192.0.2.2");
        assertThat(Proposals.of(alerts, OptionalLong.of(5))).isEmpty();
    }

    @Test
    void whatSparesMostComesFirst() {
        alerts(3, WASTED, 6, "192.0.2.1");
        alerts(2, WASTED, 6, "192.0.2.2");
        alerts(1, WORTHWHILE, 30, "192.0.2.3");
        assertThat(Proposals.of(alerts, OptionalLong.of(5)))
                .containsExactly(new Proposal.Raise(5, 30), new Proposal.Except("source.ip", "192.0.2.1"));
    }
}
