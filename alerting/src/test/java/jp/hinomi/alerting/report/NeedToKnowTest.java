package jp.hinomi.alerting.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

class NeedToKnowTest {
    private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");
    private static final Facts ALL = facts(Tlp.AMBER);

    /** As if the red indicator had been found in a line of others, and the people masked. */
    private static final AlertCut CUT = (alert, stakeholder, scope, clearance) -> SampleAlert.of(alert)
            .group("user.email", "[mail]")
            .indicator(Map.of("field", "source.ip", "value", scope.covers("sensors") ? "203.0.113.8" : "203.0.113.7"))
            .build();

    private static Facts facts(Tlp tlp) {
        return new Facts(
                new Incident(
                        1,
                        "INC-2026-0001",
                        "全体",
                        Incident.Status.OPEN,
                        Severity.HIGH,
                        tlp,
                        "全体の影響",
                        Optional.empty(),
                        Set.of(),
                        T,
                        "account:a",
                        T,
                        T),
                "全体",
                "全体の影響",
                List.of(
                        alert(
                                "both",
                                Tlp.AMBER,
                                Map.of("api", List.of("target"), "sensors", List.of("origin")),
                                "vendor"),
                        alert("sensors-only", Tlp.AMBER, Map.of("sensors", List.of("target")), "iot"),
                        alert("secret", Tlp.RED, Map.of("api", List.of("target")), "vendor")),
                List.of(
                        new Party("vendor", Map.of("api", List.of("operator")), Tlp.AMBER),
                        new Party("owner", Map.of("api", List.of("owner"), "sensors", List.of("owner")), Tlp.RED),
                        new Party("iot", Map.of("sensors", List.of("operator")), Tlp.AMBER)),
                List.of(entry("for all", Tlp.AMBER), entry("for iot", Tlp.AMBER, "iot"), entry("red", Tlp.RED)),
                List.of(told("vendor"), told("iot")),
                List.of(
                        new Facts.Answered("both", "ack", Optional.of("iot"), "iot-noc", "", T, Tlp.AMBER),
                        new Facts.Answered("both", "ack", Optional.of("vendor"), "noc", "", T, Tlp.AMBER)));
    }

    private static Facts.AlertFact alert(String id, Tlp tlp, Map<String, List<String>> resources, String told) {
        return new Facts.AlertFact(
                id,
                id,
                id,
                Severity.HIGH,
                tlp,
                T,
                T,
                T,
                3,
                2,
                Map.of("user.email", "taro@example.jp"),
                resources,
                Map.of(told, Scope.NONE),
                List.of(
                        new Facts.Indicator("source.ip", "203.0.113.7", "green", "feed", Tlp.GREEN),
                        new Facts.Indicator("source.ip", "203.0.113.8", "red", "feed", Tlp.RED)));
    }

    private static TimelineEntry entry(String text, Tlp tlp, String... visible) {
        return new TimelineEntry(
                1,
                T,
                T,
                "Asia/Tokyo",
                TimelineEntry.Type.NOTE,
                false,
                "account:a",
                text,
                text,
                true,
                tlp,
                false,
                List.of(visible),
                Optional.empty(),
                Optional.empty());
    }

    private static Facts.Told told(String stakeholder) {
        return new Facts.Told("both", stakeholder, stakeholder + "-noc", "email", T, true, Tlp.AMBER);
    }

    @Test
    void aStakeholderSeesItsOwnPartAndNothingElse() {
        Facts seen = NeedToKnow.ofStakeholder(ALL, "vendor", Tlp.AMBER, CUT);
        assertThat(seen.alerts()).extracting(Facts.AlertFact::id).containsExactly("both");
        assertThat(seen.alerts().get(0).resources()).containsOnlyKeys("api");
        assertThat(seen.alerts().get(0).indicators())
                .extracting(Facts.Indicator::name)
                .containsExactly("green");
        assertThat(seen.title()).isEmpty();
        assertThat(seen.impact()).isEmpty();
        assertThat(seen.timeline()).extracting(entry -> entry.text("ja")).containsExactly("for all");
        assertThat(seen.told()).extracting(Facts.Told::stakeholder).containsExactly("vendor");
        assertThat(seen.answered()).extracting(Facts.Answered::who).containsExactly("noc");
        // Who answers for the same resource, and for nothing else.
        assertThat(seen.parties().stream()
                        .collect(Collectors.toMap(
                                Party::stakeholder, party -> party.scope().keySet())))
                .isEqualTo(Map.of("vendor", Set.of("api"), "owner", Set.of("api")));
    }

    @Test
    void whoWasToldWithoutADutySeesWhatItWasToldOf() {
        Facts told = new Facts(
                ALL.incident(),
                ALL.title(),
                ALL.impact(),
                List.of(new Facts.AlertFact(
                        "both",
                        "both",
                        "both",
                        Severity.HIGH,
                        Tlp.AMBER,
                        T,
                        T,
                        T,
                        3,
                        2,
                        Map.of("user.email", "taro@example.jp"),
                        Map.of("api", List.of("target"), "sensors", List.of("origin")),
                        Map.of("soc", Scope.of(Set.of("api")), "iot", Scope.of(Set.of("sensors"))),
                        ALL.alerts().get(0).indicators())),
                ALL.parties(),
                List.of(),
                List.of(),
                List.of());
        Facts seen = NeedToKnow.ofStakeholder(told, "soc", Tlp.RED, CUT);
        assertThat(seen.alerts().get(0).resources()).containsOnlyKeys("api");
        assertThat(seen.alerts().get(0).indicators())
                .extracting(Facts.Indicator::name)
                .containsExactly("green");
        assertThat(seen.alerts().get(0).group()).containsEntry("user.email", "[mail]");
        assertThat(seen.alerts().get(0).told()).containsOnlyKeys("soc");
        assertThat(seen.title()).isEmpty();
    }

    @Test
    void wordsAboutTheWholeAreForThoseWhosePartIsTheWhole() {
        Facts seen = NeedToKnow.ofStakeholder(ALL, "owner", Tlp.RED, CUT);
        assertThat(seen.alerts()).hasSize(3);
        assertThat(seen.impact()).isEqualTo("全体の影響");
    }

    @Test
    void anOfficeSeesAllThatItIsClearedFor() {
        Facts seen = NeedToKnow.ofOffice(ALL, Tlp.AMBER);
        assertThat(seen.alerts()).extracting(Facts.AlertFact::id).containsExactly("both", "sensors-only");
        assertThat(seen.timeline()).extracting(entry -> entry.text("ja")).containsExactly("for all", "for iot");
        assertThat(seen.told()).hasSize(2);
        assertThat(NeedToKnow.ofOffice(facts(Tlp.RED), Tlp.AMBER).impact()).isEmpty();
    }

    @Test
    void theNextReportKeepsWhatWasWrittenAndFillsTheRestAnew() {
        var form = jp.hinomi.alerting.report.out.SampleReport.form();
        assertThat(ReportFields.next(
                        form,
                        Map.of("a", "written", "b", "filled then"),
                        Map.of("a", "filled then", "b", "filled then"),
                        Map.of("a", "filled now", "b", "filled now", "c", "new")))
                .isEqualTo(Map.of("a", "written", "b", "filled now", "c", "new"));
    }

    @Test
    void aChangeSaysWhichLinesAreNewAndWhichAreGone() {
        FieldChange change = new FieldChange("一\n二", "二\n三");
        assertThat(change.lines()).containsExactly(new FieldChange.Line("二", false), new FieldChange.Line("三", true));
        assertThat(change.gone()).containsExactly("一");
    }
}
