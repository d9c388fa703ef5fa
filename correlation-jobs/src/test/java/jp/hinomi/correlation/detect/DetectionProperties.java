package jp.hinomi.correlation.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jp.hinomi.correlation.engine.Model;
import jp.hinomi.correlation.engine.Outcome;
import jp.hinomi.correlation.engine.Scenario;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.RuleSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random rules in files and random events in files, as a user has them, at any parallelism: the alerts are those of the
 * model.
 *
 * <p>Seen to fail when broken: with the last watermark of {@link ReadOperator} one millisecond too early; with {@code
 * percentile} not read.
 */
class DetectionProperties {
    @Property(tries = 12)
    void filesInAlertsOut(@ForAll long seed) throws Exception {
        Scenario scenario = Scenario.random(seed).inSeconds();
        RuleSet rules = RuleFile.possible(scenario.rules());
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("hinomi-detect-test-");
        try {
            Path ruleFile = Files.writeString(folder.resolve("rules.yml"), RuleFile.of(rules));
            Path events = Files.write(
                    folder.resolve("events.ndjson"),
                    scenario.arrivals().stream().map(EventLine::of).toList());
            List<Outcome> alerts = new ArrayList<>();
            Detection.Summary summary = Detection.run(
                    new DetectSettings(
                            Optional.empty(),
                            List.of(ruleFile),
                            Dialect.HINOMI,
                            "ecs-json",
                            ZoneOffset.UTC,
                            UTF_8,
                            List.of(events),
                            Duration.ofSeconds(Scenario.BOUND),
                            List.of(1, 2, 4).get(random.nextInt(3)),
                            rejected -> {
                                throw new AssertionError(rejected);
                            }),
                    alert -> {
                        if (alert.rule().name().startsWith("c")) {
                            alerts.add(Outcome.of(alert));
                        }
                    });
            assertThat(summary.problems()).noneMatch(problem -> problem.isError());
            Model model = new Model(rules, scenario.arrivals(), scenario.last());
            assertThat(Outcome.sorted(alerts)).isEqualTo(Outcome.kept(model.outcomes()));
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
