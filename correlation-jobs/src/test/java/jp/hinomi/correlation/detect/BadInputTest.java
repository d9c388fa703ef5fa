package jp.hinomi.correlation.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.hinomi.events.Alert;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules and events that somebody wrote to do harm, or by mistake, through the job's own operators: each is named or costs
 * little, and what is beside it alerts as ever.
 */
class BadInputTest {
    private static final String GOOD = """
            title: Burst
            name: burst
            correlation: {type: event_count, rules: [failure], group-by: [user.name], timespan: 1m, condition: {gte: 3}}
            ---
            title: Failure
            name: failure
            detection: {it: {event.outcome: failure}, condition: it}
            logsource: {category: authentication}
            """;

    @TempDir
    private Path folder;

    private final List<DetectSettings.RejectedLine> rejects = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private int seconds;

    private static String detection(String name, String selection) {
        return "title: %1$s\nname: %1$s\ndetection: {it: {%2$s}, condition: it}\nlogsource: {category: authentication}\n"
                .formatted(name, selection);
    }

    private static String correlation(String name, String of) {
        return "title: %s\nname: %s\ncorrelation: {%s}\n".formatted(name, name, of);
    }

    /** A line whose time is a second after that of the one before. */
    private String event(String id, String fields) {
        return "{\"event.id\":\"%s\",\"@timestamp\":\"%s\",%s}"
                .formatted(id, Instant.parse("2026-04-01T00:00:00Z").plusSeconds(seconds++), fields);
    }

    private String failure(String id, String more) {
        return event(id, "\"event.outcome\":\"failure\",\"user.name\":\"kei\"" + more);
    }

    private List<Problem> run(String rules, List<String> lines) throws Exception {
        Path ruleFile = Files.writeString(folder.resolve("rules.yml"), GOOD + "---\n" + rules);
        Path log = Files.write(folder.resolve("log.ndjson"), lines);
        DetectSettings base = DetectSettings.of(List.of(ruleFile), "ecs-json", List.of(log));
        return Detection.run(
                        new DetectSettings(
                                base.city(),
                                base.rules(),
                                base.dialect(),
                                base.format(),
                                base.zone(),
                                base.charset(),
                                base.files(),
                                base.outOfOrder(),
                                2,
                                rejects::add),
                        alerts::add)
                .problems();
    }

    private List<String> goodLines() {
        return List.of(failure("e1", ""), failure("e2", ""), failure("e3", ""));
    }

    /** The ids of the events of the rule's alerts. */
    private List<String> evidence(String rule) {
        return alerts.stream()
                .filter(alert -> alert.rule().name().equals(rule))
                .flatMap(alert -> alert.evidence().stream())
                .map(item -> item.event().id())
                .toList();
    }

    private static void assertNamed(List<Problem> problems, String... words) {
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.line()).isPositive();
            assertThat(problem.remedy()).isNotBlank();
            assertThat(problem.message()).contains(words);
        });
    }

    @Test
    @Timeout(60)
    void rulesAreRefusedByNameOrCostLittle() throws Exception {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "user" + i).collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>(goodLines());
        lines.add(event("nearly", "\"message\":\"" + "a".repeat(60_000) + "!\""));
        lines.add(event("matching", "\"message\":\"" + "a".repeat(60_000) + "\""));
        lines.add(event("listed", "\"user.name\":\"user9999\""));
        List<Problem> problems = run(
                String.join(
                        "---\n",
                        detection("endless", "message|re: '^(a+)+$'"),
                        detection("endless_too", "message|re: '^(([a-z])+.)+[A-Z]([a-z])+$'"),
                        detection("repeated", "message|re: '((a{1,100}){1,100}){1,100}'"),
                        detection("backwards", "message|re: '(a+)\\1'"),
                        detection("listing", "user.name: [" + names + "]"),
                        detection("unknown", "no.such.field: 'x'"),
                        correlation(
                                "circle_a", "type: event_count, rules: [circle_b], timespan: 1m, condition: {gte: 1}"),
                        correlation(
                                "circle_b", "type: event_count, rules: [circle_a], timespan: 1m, condition: {gte: 1}"),
                        correlation("itself", "type: event_count, rules: [itself], timespan: 1m, condition: {gte: 1}"),
                        correlation(
                                "ages", "type: event_count, rules: [failure], timespan: 99999d, condition: {gte: 1}"),
                        correlation(
                                "aeons",
                                "type: event_count, rules: [failure], timespan: 99999999999999999999d, condition: {gte: 1}"),
                        correlation(
                                "crowd", "type: event_count, rules: [failure], timespan: 1m, condition: {gte: 1e18}")),
                lines);
        assertNamed(problems, "repetitions multiply");
        assertNamed(problems, "invalid escape sequence");
        assertNamed(problems, "circle_a → circle_b → circle_a");
        assertNamed(problems, "itself → itself");
        assertNamed(problems, "99999d");
        assertNamed(problems, "99999999999999999999d");
        assertNamed(problems, "'crowd'", "100000");
        assertThat(alerts)
                .extracting(alert -> alert.rule().name())
                .as("what runs runs in linear time, and nothing else runs")
                .containsExactlyInAnyOrder("burst", "endless", "listing");
        assertThat(evidence("endless")).containsExactly("matching");
    }

    @Test
    @Timeout(60)
    void eventsAreRejectedWithAReasonOrTaken() throws Exception {
        List<String> lines = new ArrayList<>(goodLines());
        lines.add(failure(
                "many",
                IntStream.range(0, 5_000)
                        .mapToObj(i -> ",\"field.n" + i + "\":" + i)
                        .collect(Collectors.joining())));
        lines.add(failure("large", ",\"message\":\"" + "火".repeat(400_000) + "\""));
        lines.add(failure("nan", ",\"n\":NaN"));
        lines.add(failure("said", ",\"n\":\"NaN\""));
        lines.add(failure("infinite", ",\"n\":1e999"));
        lines.add(failure("deep", ",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000)));
        lines.add(failure("two", ",\"n\":2"));
        run(
                correlation("sum", "type: value_sum, rules: [failure], timespan: 1m, condition: {gte: 2, field: n}"),
                lines);
        assertThat(rejects.stream().map(reject -> reject.reason().reason()))
                .hasSize(3)
                .anyMatch(reason -> reason.contains("more than 2000 fields"))
                .anyMatch(reason -> reason.contains("NaN"))
                .anyMatch(reason -> reason.contains("nesting depth"));
        assertThat(evidence("burst")).containsExactlyInAnyOrder("e1", "e2", "e3", "large", "said", "infinite", "two");
        assertThat(evidence("sum")).as("neither is a number").containsExactly("two");
    }
}
