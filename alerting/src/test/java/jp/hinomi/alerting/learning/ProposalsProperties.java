package jp.hinomi.alerting.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProposalsProperties {
    @Provide
    Arbitrary<List<JudgedAlert>> alerts() {
        Arbitrary<JudgedAlert> one = Combinators.combine(
                        Arbitraries.of(Weight.class),
                        Arbitraries.longs().between(5, 40),
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.of("x", "y", "z", "v", "w"))
                .as((weight, count, user, host) ->
                        new JudgedAlert("id", weight, count, Map.of("user.name", user, "host.name", host)));
        return one.list().ofMaxSize(60);
    }

    @Property(tries = 300)
    void noProposalHidesAWorthwhileAlertAndEachSparesSome(@ForAll("alerts") List<JudgedAlert> alerts) {
        for (Proposal proposal : Proposals.of(alerts, OptionalLong.of(5))) {
            Proposal.Preview preview = Proposal.Preview.of(proposal, alerts);
            assertThat(preview.worthwhile()).isZero();
            assertThat(preview.wasted()).isGreaterThanOrEqualTo(Proposals.FEWEST);
        }
    }
}
