package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietFileTest {
    @TempDir
    Path temp;

    private static final List<String> BY = List.of("rule", "source.ip");

    private CityFolder withGuide() throws java.io.IOException {
        String guide = Files.readString(Path.of("../docs/held-back.md"));
        String example =
                guide.substring(guide.indexOf("```yaml\n") + 8, guide.indexOf("```\n", guide.indexOf("```yaml\n") + 8));
        return new CityFolder(temp).write("notification.yaml", example.replace("os-vendor", "vendor"));
    }

    /** The example of the guide. */
    @Test
    void readsWhatIsHeldBack() throws java.io.IOException {
        Notification plan = withGuide().read().notification();
        assertThat(plan.grouping())
                .contains(new Grouping(
                        BY,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Optional.of(Duration.ofHours(4)),
                        List.of(
                                new Grouping.Deviation(
                                        Set.of("vendor"),
                                        Set.of(),
                                        new Grouping(
                                                BY,
                                                Duration.ofSeconds(30),
                                                Duration.ofMinutes(5),
                                                Optional.of(Duration.ofHours(1)),
                                                List.of())),
                                new Grouping.Deviation(
                                        Set.of(),
                                        Set.of("standard"),
                                        new Grouping(
                                                List.of("resource"),
                                                Duration.ofSeconds(30),
                                                Duration.ofMinutes(10),
                                                Optional.of(Duration.ofHours(4)),
                                                List.of())))));
        assertThat(plan.storm()).isEqualTo(Storm.standard());
        Inhibition inhibition = plan.inhibitions().get(0);
        assertThat(inhibition.target().toString()).isEqualTo("resource=port-cameras|sensors");
        assertThat(inhibition.equal()).containsExactly("host.name");
        Silence silence = plan.silences().get(0);
        assertThat(silence.kind()).isEqualTo(Silence.Kind.MAINTENANCE);
        assertThat(silence.repeat()).isEqualTo(Silence.Repeat.WEEKLY);
        assertThat(silence.match().values()).containsEntry("severity", List.of("low", "medium"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "owner: vendor; owner: vendr; unknown-stakeholder",
                "reason: monthly patches; reasons: monthly patches; unknown-key",
                "until: 2026-04-08T02:00; until: 2026-04-06T02:00; bad-window",
                "until: 2026-04-08T02:00; until: 2026-04-18T02:00; bad-window",
                "repeat: weekly; repeat: monthly; unknown-repetition",
                "source: {rule: gateway_down}; source: {}; no-matchers",
                "source: {rule: gateway_down}; source: {rul: gateway_down}; unknown-label",
                "by: [rule, source.ip]; by: [rules]; unknown-label",
                "wait: 30s; wait: 30m; long-wait",
                "repeat: 4h; repeat: 4m; short-repeat",
                "repeat: 4h; repeats: 4h; unknown-key",
                "repeat: 1h; repeat: 1m; short-repeat",
                "stakeholder: vendor, repeat: 1h; repeat: 1h; for-nobody",
                "stakeholder: vendor, repeat: 1h; stakeholder: [], repeat: 1h; empty",
                "stakeholder: vendor, repeat; stakeholder: vendr, repeat; unknown-stakeholder",
                "escalation: [standard]; escalation: [standrad]; unknown-escalation",
                "escalation: [standard]; stakeholder: [vendor]; hidden-override",
                "limit: 15; limit: many; bad-number"
            })
    void mistakesAreFound(String from, String to, String code) throws java.io.IOException {
        CityFolder city = withGuide().change("notification.yaml", from, to);
        assertThat(city.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.remedy()).isNotBlank();
        });
    }
}
