package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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
        return CityCheck.check(temp, Set.of(), today).stream().map(city::brief).toList();
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
}
