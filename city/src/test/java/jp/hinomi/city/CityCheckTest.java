package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityCheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @TempDir
    Path temp;

    CityFolder city;

    @BeforeEach
    void writeCity() {
        city = new CityFolder(temp);
    }

    private List<String> findings(LocalDate today) {
        List<Problem> found = CityCheck.check(temp, Set.of(), today);
        found.forEach(CityFolder::assertJapanese);
        return found.stream().map(city::brief).toList();
    }

    @Test
    void aWholeCityHasNoFindings() {
        assertThat(findings(TODAY)).isEmpty();
    }

    @Test
    void findsWhatNobodyAnswersFor() {
        city.write("responsibilities.yaml", "responsibilities: []");

        assertThat(findings(TODAY)).containsExactly("escalations.yaml:2 unused", "resources.yaml:2 gap");
    }

    @Test
    void findsMissingDuties() {
        city.change("responsibilities.yaml", "duty: owner", "duty: informed")
                .change("responsibilities.yaml", "duty: operator", "duty: informed")
                .change("resources.yaml", "{source: gw-01}", "{source: gw-01}, {data-class: personal}");

        assertThat(findings(TODAY))
                .containsExactly(
                        "resources.yaml:2 gap-data-controller",
                        "resources.yaml:2 gap-operator",
                        "resources.yaml:2 gap-owner");
    }

    @Test
    void findsExpiryAndOverdueReviewsTheDayAfterAndNotOnTheDay() {
        assertThat(findings(LocalDate.of(2027, 3, 31))).isEmpty();
        assertThat(findings(LocalDate.of(2027, 4, 1)))
                .containsExactly(
                        "resources.yaml:2 gap-operator",
                        "responsibilities.yaml:2 review-overdue",
                        "responsibilities.yaml:3 expired");
    }

    /** The escalation goes on all the same, a step later; whoever reads the map thinks that somebody is there. */
    @Test
    void findsAFirstStepThatSleepsAtNightAndAStepThatIsNeverThere() {
        city.change(
                "stakeholders.yaml", "kind: system", "kind: desk\n        hours: {on-call: \"Mon-Fri 09:00-17:00\"}");
        assertThat(findings(TODAY)).containsExactly("escalations.yaml:2 step-asleep");
        assertThat(CityCheck.check(temp, Set.of(), TODAY).get(0).message())
                .isEqualTo("nobody in step 1 of the escalation 'standard' is on call"
                        + " from 2026-11-23 00:00 to 2026-11-23 09:00, and 22 times more in 30 days");

        // Between two that are always there it costs its time at night only.
        city.change(
                        "stakeholders.yaml",
                        "      - id: vendor-noc",
                        "      - id: vendor-boss\n        kind: person\n"
                                + "        channels: [{type: email, address: boss@vendor.example.jp}]\n"
                                + "      - id: vendor-noc")
                .change(
                        "escalations.yaml",
                        "[{notify: vendor-noc",
                        "[{notify: vendor-boss, ack-within: 5m}, {notify: vendor-noc");
        assertThat(findings(TODAY)).isEmpty();
    }

    /** The stakeholder may see it, but no way by which it is told does. */
    @Test
    void findsWhoMustActAndIsToldByWaysThatShowNothing() {
        city.change("stakeholders.yaml", "secret: \"env:KEY\"}", "secret: \"env:KEY\", max-tlp: GREEN}");
        assertThat(findings(TODAY)).containsExactly("responsibilities.yaml:3 blind");
        city.change("stakeholders.yaml", ", max-tlp: GREEN}", "}")
                .change("stakeholders.yaml", "kind: system", "kind: system\n        max-tlp: CLEAR");
        assertThat(findings(TODAY)).containsExactly("responsibilities.yaml:3 blind");
    }

    /** Who operates a part, beside one who operates the whole: each may think that it is the other's. */
    @Test
    void findsTwoOperatorsOfOnePart() {
        city.change("responsibilities.yaml", "basis: \"第12条\"}", """
                basis: "第12条"}
                  - {resource: api, stakeholder: hall, duty: operator, escalation: standard, scope: {en: network}}
                """);
        assertThat(findings(TODAY)).containsExactly("responsibilities.yaml:4 overlap");
    }

    @Test
    void findsTwoOperators() {
        city.change("responsibilities.yaml", "duty: owner", "duty: operator, escalation: standard");

        assertThat(findings(TODAY)).containsExactly("resources.yaml:2 gap-owner", "responsibilities.yaml:3 overlap");
    }

    @Test
    void findsSelectorsOfTwoResources() {
        city.change("resources.yaml", "resources:\n", """
                        resources:
                          - {id: net, name: {en: Net}, layer: asset, criticality: low, selectors: [{cidr: 10.20.0.0/16}, {cidr: 10.20.0.0/15}]}
                        """).change("responsibilities.yaml", "responsibilities:\n", """
                        responsibilities:
                          - {resource: net, stakeholder: hall, duty: owner}
                          - {resource: net, stakeholder: hall, duty: operator, escalation: standard}
                        """);

        assertThat(findings(TODAY)).containsExactly("resources.yaml:3 overlap");
    }

    @Test
    void findsWhatNoEventCanLeadToAndSourcesOfNobody() {
        city.change("resources.yaml", "[{source: gw-01}, {cidr: 10.20.0.0/16}, {host: \"*.os.example.jp\"}]", "[]")
                .change("sources.yaml", "resource: api, ", "");

        assertThat(findings(TODAY)).containsExactly("resources.yaml:2 gap-selector", "sources.yaml:2 gap-source");
    }

    @Test
    void findsContactsThatCannotBeReachedAndEscalationsThatNameThem() {
        city.change("stakeholders.yaml", "[{type: email, address: desk@hall.example.jp}]", "[]");

        assertThat(findings(TODAY)).containsExactly("escalations.yaml:2 dead-step", "stakeholders.yaml:8 unreachable");
    }

    @Test
    void findsEscalationsThatEndNowhereOrSleep() {
        city.change("escalations.yaml", "{notify: hall-desk}", "{notify: hall-desk, ack-within: 90m}")
                .change("stakeholders.yaml", "on-call: 24x7", "on-call: \"Mon-Fri 09:00-17:00\"")
                .change(
                        "stakeholders.yaml",
                        "kind: system",
                        "kind: system\n        hours: {on-call: \"Mon-Fri 09:00-17:00\"}");

        assertThat(findings(TODAY)).containsExactly("escalations.yaml:2 asleep", "escalations.yaml:2 ends-nowhere");
        assertThat(CityCheck.check(temp, Set.of(), TODAY).get(1).message()).contains("waits 1h30m for 'hall-desk'");
    }

    @Test
    void findsOperatorsWithoutAnEscalation() {
        city.change("responsibilities.yaml", "escalation: standard, ", "");

        assertThat(findings(TODAY))
                .containsExactly("escalations.yaml:2 unused", "responsibilities.yaml:3 no-escalation");
    }

    @Test
    void aCityInMemoryIsCheckedTheSameWithoutLines() {
        city.change("responsibilities.yaml", "escalation: standard, ", "");
        City read = CityReader.read(temp, warning -> {});

        assertThat(CityCheck.check(read, TODAY))
                .extracting(city::brief)
                .containsExactly("escalations.yaml:0 unused", "responsibilities.yaml:0 no-escalation");
    }

    @Test
    void findsHolesAndOverlapsInTime() {
        city.change("responsibilities.yaml", "valid-to: 2027-03-31, basis: \"第12条\"}", """
                valid-to: 2026-12-10, basis: "第12条"}
                  - {resource: api, stakeholder: hall, duty: operator, escalation: standard, valid-from: 2027-01-01, valid-to: 2027-06-30}
                  - {resource: api, stakeholder: vendor, duty: operator, escalation: standard, valid-from: 2027-06-30}
                """);

        assertThat(findings(TODAY))
                .containsExactly("responsibilities.yaml:4 gap-in-time", "responsibilities.yaml:5 overlap");
    }

    @Test
    void whoLiesUnderAnotherIsNoSecondOperatorAndIsFoundWhenThatOneHasEnded() {
        city.change("responsibilities.yaml", "duty: owner, severity-min: high, review-due: 2027-03-31}", """
                duty: owner}
                  - {resource: api, stakeholder: hall, duty: operator, under: vendor, scope: {en: racks}, escalation: standard}""");

        assertThat(findings(TODAY)).isEmpty();
        assertThat(findings(LocalDate.of(2027, 4, 1))).containsExactly("responsibilities.yaml:3 under-expired");
    }

    @Test
    void findsDutiesThatCannotBeDone() {
        city.change("stakeholders.yaml", "max-tlp: AMBER", "max-tlp: GREEN")
                .change("responsibilities.yaml", "duty: operator", "duty: operator, severity-min: medium")
                .change("responsibilities.yaml", "severity-min: high", "severity-min: high, notify: vendor-noc");

        assertThat(findings(TODAY))
                .containsExactly(
                        "resources.yaml:2 gap-severity",
                        "responsibilities.yaml:2 foreign-contact",
                        "responsibilities.yaml:3 blind");
    }

    @Test
    void findsLayersAndOrganisationsOfNobody() {
        city.change("sources.yaml", "topic: logs.gateway", "topic: logs.asset")
                .change("responsibilities.yaml", "stakeholder: vendor", "stakeholder: hall")
                .change("escalations.yaml", "{notify: vendor-noc, ack-within: 15m}, ", "");

        assertThat(findings(TODAY)).containsExactly("sources.yaml:2 gap-layer", "stakeholders.yaml:12 idle");
    }

    @Test
    void findsEscalationsThatGoInACircle() {
        city.change(
                "escalations.yaml", "{notify: hall-desk}", "{notify: hall-desk, ack-within: 5m}, {notify: vendor-noc}");

        assertThat(findings(TODAY)).containsExactly("escalations.yaml:2 circle");
    }

    /** Broken on trial: only the first change of a day looked at. */
    @Test
    void findsEveryHoleInThirtyDaysToTheMinute() {
        city.write("schedules.yaml", """
                        calendars: [{id: jp, days: {2026-12-01: 開庁記念日}}]
                        schedules:
                          - id: duty
                            name: {en: Duty}
                            holidays: jp
                            rotations:
                              - {name: days, members: [hall-desk], hours: "Mon-Sun 08:00-20:00", on-holidays: off}
                              - {name: nights, members: [vendor-noc], hours: "Mon-Sun 20:00-08:00"}
                        """)
                .change("escalations.yaml", "{notify: hall-desk}", "{notify: duty}")
                .change(
                        "stakeholders.yaml",
                        "kind: system",
                        "kind: system\n        hours: {on-call: \"Mon-Sun 19:00-07:30\"}");

        assertThat(findings(TODAY))
                .containsExactly(
                        "escalations.yaml:2 asleep",
                        "escalations.yaml:2 step-asleep",
                        "escalations.yaml:2 step-asleep",
                        "schedules.yaml:3 nobody-on-duty",
                        "schedules.yaml:3 off-hours");
        List<Problem> found = CityCheck.check(temp, Set.of(), TODAY).stream()
                .filter(problem -> !problem.code().equals("step-asleep"))
                .toList();
        assertThat(found.get(0).message())
                .endsWith("is on call from 2026-11-23 07:30 to 2026-11-23 08:00, and 29 times more in 30 days");
        assertThat(found.get(1).message())
                .isEqualTo("by the schedule 'duty' nobody is on duty from 2026-12-01 08:00 to 2026-12-01 20:00");
        assertThat(CityPhrases.in("ja", found.get(1).message()))
                .isEqualTo("当番表 'duty' に当番のいない時間があります: 2026-12-01 08:00 から 2026-12-01 20:00 まで");
        assertThat(found.get(2).message())
                .isEqualTo("'vendor-noc' is on duty by the schedule 'duty' outside its own hours "
                        + "from 2026-11-23 07:30 to 2026-11-23 08:00, and 29 times more in 30 days");
    }

    @Test
    void findsSchedulesThatNothingUses() {
        city.write("schedules.yaml", """
                schedules:
                  - {id: duty, name: {en: Duty}, rotations: [{name: all, members: [hall-desk]}]}
                """);

        assertThat(findings(TODAY)).containsExactly("schedules.yaml:2 unused");
    }
}
