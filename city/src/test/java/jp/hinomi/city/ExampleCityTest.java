package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.Test;

/** The example city is complete, and clean: what people copy from must not begin with a warning. */
class ExampleCityTest {
    private static final Path FOLDER = Path.of("..", "examples", "city");
    private static final Set<String> FORMATS =
            Set.of("openssh", "nginx", "apache", "suricata-eve", "fortigate", "ecs-json");

    @Test
    void hasEveryRoleLayerDutyAndFormat() {
        List<Problem> warnings = new ArrayList<>();
        City city = CityReader.read(FOLDER, FORMATS, warnings::add);

        assertThat(warnings).isEmpty();
        assertThat(city.stakeholders()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(city.stakeholders().values().stream().map(Stakeholder::role).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Role.class));
        assertThat(city.resources()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(city.resources().values().stream().map(Resource::layer).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Layer.class));
        assertThat(city.sources()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(city.sources().values().stream().map(Source::format).collect(Collectors.toSet()))
                .contains("openssh", "nginx", "apache", "suricata-eve", "fortigate");
        assertThat(city.responsibilities().stream().map(Responsibility::duty).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Duty.class));
        assertThat(city.responsibilities()).allSatisfy(entry -> {
            assertThat(entry.basis()).isPresent();
            assertThat(entry.reviewDue()).isPresent();
        });
        assertThat(city.stakeholders().values())
                .allSatisfy(each -> assertThat(each.name()).containsOnlyKeys("ja", "en"));
        assertThat(city.resources().values())
                .allSatisfy(each -> assertThat(each.name()).containsOnlyKeys("ja", "en"));
    }

    @Test
    void hasNoFindings() {
        assertThat(CityCheck.check(FOLDER, FORMATS, LocalDate.of(2026, 11, 23))).isEmpty();
    }

    @Test
    void isFoundOverdueOnceItsReviewsAre() {
        assertThat(CityCheck.check(FOLDER, FORMATS, LocalDate.of(2027, 4, 1)))
                .hasSizeGreaterThan(40)
                .allMatch(finding -> finding.code().equals("review-overdue") && finding.line() > 0);
    }
}
