package jp.hinomi.correlation.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.live.NeededSources;
import jp.hinomi.rules.RuleReader;
import org.junit.jupiter.api.Test;

/** Every rule that ships raises the alerts that its test says, from raw log lines, on the job's own operators. */
class ContentTest {
    private static final Path REPOSITORY = Path.of("..");

    @Test
    void theShippedPacksPassTheirTests() {
        City city = CityReader.read(REPOSITORY.resolve("examples/city"), warning -> {});
        List<Path> paths = List.of(REPOSITORY.resolve("rules/content"), REPOSITORY.resolve("examples/city/rules"));
        Report report = RuleTests.run(paths, Optional.of(city), result -> {});
        assertThat(report.results()).as("test cases").hasSizeGreaterThanOrEqualTo(20);
        assertThat(report.results().stream().filter(result -> !result.passed()))
                .as("failed cases")
                .isEmpty();
        assertThat(report.problems()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(NeededSources.check(RuleReader.read(paths).rules(), city)).isEmpty();
    }
}
