package jp.hinomi.correlation.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.rules.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hinomi detect} does, as a user sees it. */
class DetectionTest {
    private static final String RULES = """
            title: Failure
            name: failure
            detection: {f: {event.outcome: failure}, condition: f}
            logsource: {category: authentication}
            ---
            title: Success
            name: success
            detection: {s: {event.outcome: success}, condition: s}
            logsource: {category: authentication}
            ---
            title: Burst
            name: burst
            correlation: {type: event_count, rules: [failure], group-by: [source.ip], timespan: 1m, condition: {gte: 4}}
            ---
            title: Breach
            name: breach
            correlation: {type: temporal_ordered, rules: [burst, success], group-by: [source.ip], timespan: 5m}
            ---
            title: Rare
            name: rare
            correlation: {type: event_count, rules: [success], group-by: [source.ip], timespan: 1m, condition: {lt: 2}}
            ---
            title: Silence
            name: silence
            correlation:
              type: epl
              rules: [failure, success]
              group-by: [source.ip]
              timespan: 5m
              epl: |
                select * from pattern [
                  every a=failure -> (timer:interval(40 sec) and not b=success)]
            """;

    @TempDir
    private Path folder;

    private Path rules() throws Exception {
        return Files.writeString(folder.resolve("rules.yml"), RULES);
    }

    private static String event(String id, long second, String outcome, String address) {
        return "{\"event.id\":\"%s\",\"@timestamp\":\"%s\",\"event.outcome\":\"%s\",\"source.ip\":\"%s\"}"
                .formatted(id, java.time.Instant.parse("2026-04-01T00:00:00Z").plusSeconds(second), outcome, address);
    }

    private static List<String> run(DetectSettings settings) {
        List<String> lines = new ArrayList<>();
        Detection.run(settings, alert -> lines.add(new String(AlertJson.write(alert), UTF_8)));
        return lines;
    }

    private DetectSettings settings(int parallelism, List<DetectSettings.RejectedLine> rejects, Path... files)
            throws Exception {
        return new DetectSettings(
                Optional.empty(),
                List.of(rules()),
                Dialect.HINOMI,
                "ecs-json",
                ZoneOffset.UTC,
                UTF_8,
                List.of(files),
                Duration.ofSeconds(10),
                parallelism,
                rejects::add);
    }

    @Test
    void theResultDependsOnNeitherParallelismNorOrderWithinTheBoundNorHowLinesAreSpreadOverFiles() throws Exception {
        Random random = new Random(7);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            all.add(event(
                    "e" + i, i, random.nextInt(3) == 0 ? "success" : "failure", "203.0.113." + random.nextInt(9)));
        }
        Path one = Files.write(folder.resolve("one.ndjson"), all);
        List<String> disordered = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 8) {
            List<String> chunk = new ArrayList<>(all.subList(i, Math.min(all.size(), i + 8)));
            java.util.Collections.shuffle(chunk, random);
            disordered.addAll(chunk);
        }
        Path early = Files.write(folder.resolve("early.ndjson"), disordered.subList(0, 304));
        Path late = Files.write(folder.resolve("late.ndjson"), disordered.subList(304, 600));
        List<String> expected = run(settings(1, new ArrayList<>(), one));
        assertThat(expected)
                .hasSizeGreaterThan(15)
                .anyMatch(line -> line.contains("\"breach\""))
                .anyMatch(line -> line.contains("\"silence\""));
        assertThat(run(settings(4, new ArrayList<>(), one))).isEqualTo(expected);
        assertThat(run(settings(2, new ArrayList<>(), late, early))).isEqualTo(expected);
    }

    @Test
    void timeStopsAtTheLastEvent() throws Exception {
        Path file = Files.write(
                folder.resolve("log.ndjson"),
                List.of(event("a", 0, "success", "192.0.2.1"), event("b", 59, "success", "192.0.2.2")));
        assertThat(run(settings(2, new ArrayList<>(), file)).stream().filter(line -> line.contains("\"rare\"")))
                .as("no window is over")
                .isEmpty();
        Files.writeString(file, event("c", 60, "success", "192.0.2.3") + "\n", java.nio.file.StandardOpenOption.APPEND);
        List<Alert> alerts = new ArrayList<>();
        Detection.run(settings(2, new ArrayList<>(), file), alerts::add);
        assertThat(alerts.stream().filter(alert -> alert.rule().name().equals("rare")))
                .as("the first window is")
                .extracting(alert -> alert.group().get("source.ip"))
                .containsExactly("192.0.2.1");
    }

    @Test
    void oneLineMayCarrySeveralEvents() throws Exception {
        Path rules = Files.writeString(folder.resolve("refused.yml"), """
                title: Refused
                name: refused
                logsource: {category: webserver}
                detection: {f: {http.response.status_code: 401}, condition: f}
                level: informational
                ---
                title: Many
                name: many
                correlation: {type: event_count, rules: [refused], group-by: [source.ip], timespan: 1m, condition: {gte: 3}}
                level: medium
                """);
        String refused =
                "{\"timeUnixNano\":\"17750052%02d000000000\",\"attributes\":[{\"key\":\"http.request.method\",\"value\":"
                        + "{\"stringValue\":\"GET\"}},{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"401\"}},"
                        + "{\"key\":\"client.address\",\"value\":{\"stringValue\":\"192.0.2.1\"}}]}";
        Path file = Files.writeString(
                folder.resolve("otlp.ndjson"),
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + refused.formatted(0) + ','
                        + refused.formatted(1) + ',' + refused.formatted(2) + "]}]}]}\n");
        List<Alert> alerts = new ArrayList<>();
        Detection.Summary summary = Detection.run(
                new DetectSettings(
                        Optional.empty(),
                        List.of(rules),
                        Dialect.HINOMI,
                        "otlp",
                        ZoneOffset.UTC,
                        UTF_8,
                        List.of(file),
                        Duration.ofSeconds(10),
                        2,
                        rejected -> {}),
                alerts::add);
        assertThat(summary.events()).isEqualTo(3);
        assertThat(alerts.stream().filter(alert -> alert.rule().name().equals("many")))
                .extracting(Alert::count)
                .containsExactly(3L);
    }

    @Test
    void badLinesAreNamedAndTheRestGoesOn() throws Exception {
        Path file = Files.writeString(
                folder.resolve("log.ndjson"),
                "garbage\n\n" + event("a", 0, "success", "192.0.2.1") + "\r\n{\"@timestamp\":");
        List<DetectSettings.RejectedLine> rejects = new ArrayList<>();
        Detection.Summary summary = Detection.run(settings(1, rejects, file), alert -> {});
        assertThat(summary.events()).isEqualTo(1);
        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(rejects).extracting(DetectSettings.RejectedLine::origin).containsExactly(file + ":1", file + ":4");
    }

    @Test
    void whatCannotBeReadIsSaidBeforeAnythingStarts() throws Exception {
        Path missing = folder.resolve("nothing.log");
        assertThatThrownBy(() -> run(settings(1, new ArrayList<>(), missing)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nothing.log");
        Path broken = Files.writeString(folder.resolve("broken.yml"), "title: [");
        DetectSettings noRules = DetectSettings.of(List.of(broken), "ecs-json", List.of(rules()));
        assertThatThrownBy(() -> run(noRules))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("broken.yml");
    }

    @Test
    void indicatorsReachRulesAndAlerts() throws Exception {
        IntelIndex indicators = new IntelIndex();
        indicators.put(Indicator.builder("indicator--7", "cert")
                .observable(Observable.Type.IPV4_ADDR, "198.51.100.0/24")
                .confidence(90)
                .tlp(Tlp.RED)
                .validFrom(java.time.Instant.parse("2026-03-01T00:00:00Z").toEpochMilli())
                .validUntil(java.time.Instant.parse("2026-04-01T00:00:30Z").toEpochMilli())
                .build());
        Path file = Files.write(
                folder.resolve("flows.ndjson"),
                List.of(
                        "{\"event.id\":\"a\",\"@timestamp\":\"2026-04-01T00:00:00Z\",\"destination.ip\":\"198.51.100.9\"}",
                        "{\"event.id\":\"b\",\"@timestamp\":\"2026-04-01T00:00:01Z\",\"destination.ip\":\"203.0.113.9\"}",
                        "{\"event.id\":\"c\",\"@timestamp\":\"2026-04-01T00:00:31Z\",\"destination.ip\":\"198.51.100.9\"}"));
        List<Alert> alerts = new ArrayList<>();
        Detection.run(
                new DetectSettings(
                        Optional.empty(),
                        List.of(Path.of("../rules/content/threat-intel")),
                        Dialect.HINOMI,
                        "ecs-json",
                        ZoneOffset.UTC,
                        UTF_8,
                        List.of(file),
                        Duration.ofSeconds(10),
                        1,
                        List.of(),
                        indicators,
                        rejected -> {}),
                alerts::add);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.rule().name()).isEqualTo("threat_intel_contact");
            assertThat(alert.count()).as("the indicator had ended by event c").isEqualTo(1);
            assertThat(alert.tlp()).isEqualTo(Tlp.RED);
            assertThat(alert.indicators())
                    .singleElement()
                    .satisfies(indicator -> assertThat(indicator)
                            .containsEntry("id", "indicator--7")
                            .containsEntry("feed", "cert")
                            .containsEntry("field", "destination.ip")
                            .containsEntry("value", "198.51.100.9")
                            .containsEntry("confidence", "High"));
        });
    }

    @Test
    void whatAnExceptionSuppressesIsCountedAndCountsForNoCorrelation() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lines.add(event("e" + i, i, "failure", "203.0.113.1"));
        }
        Path file = Files.write(folder.resolve("excepted.ndjson"), lines);
        Path exception = Files.writeString(folder.resolve("exception.yml"), """
                title: Ours
                name: ours
                owner: city-soc
                reason: {ja: 監視, en: monitoring}
                expires: 2026-04-01T00:00:05Z
                logsource: {category: authentication}
                filter: {rules: [failure], s: {source.ip: 203.0.113.1}, condition: s}
                ---
                title: Many
                name: many
                correlation: {type: event_count, rules: [failure], timespan: 1m, condition: {gte: 4}}
                """);
        List<Alert> alerts = new ArrayList<>();
        DetectSettings settings = DetectSettings.of(List.of(rules(), exception), "ecs-json", List.of(file));
        Detection.Summary summary = Detection.run(settings, alerts::add);
        assertThat(summary.suppressed())
                .extracting(each -> each.rule() + "/" + each.filter() + " " + each.count())
                .containsExactly("failure/ 5", "failure/ours 5");
        assertThat(alerts).as("three failures are not four").noneMatch(DetectionTest::isMany);
        Files.writeString(exception, Files.readString(exception).replace("00:00:05Z", "00:00:04Z"));
        alerts.clear();
        Detection.run(settings, alerts::add);
        assertThat(alerts).anyMatch(alert -> isMany(alert) && alert.count() == 4);
    }

    private static boolean isMany(Alert alert) {
        return alert.rule().name().equals("many");
    }
}
