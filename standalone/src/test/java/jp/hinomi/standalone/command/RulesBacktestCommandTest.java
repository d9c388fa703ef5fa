package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.standalone.demo.DemoLogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules backtest} over three days of the demonstration, with rules that were changed in every way. */
class RulesBacktestCommandTest {
    private static final Path CITY_FOLDER = Path.of("../examples/city");
    private static final City CITY = CityReader.read(CITY_FOLDER, problem -> {});
    private static final Path CONTENT = Path.of("../rules/content");
    private static final ZonedDateTime FIRST = ZonedDateTime.of(2026, 4, 3, 10, 0, 0, 0, ZoneId.of("Asia/Tokyo"));

    private static final String NEW_RULE = """
            title: Camera was refused
            title_ja: カメラの通信が遮断された
            name: camera_refused
            logsource: {category: firewall}
            detection: {s: {source.ip: 10.40.20.17, event.type: denied}, condition: s}
            level: low
            suppress: 1h
            tags: [cps.ae-3]
            """;

    @TempDir
    Path folder;

    private Path rules(String name) throws IOException {
        Path rules = Files.createDirectories(folder.resolve(name));
        for (String file : List.of(
                "identity/ssh_account_brute_force.yml",
                "identity/ssh_login_after_brute_force.yml",
                "web/web_scan.yml",
                "network/ids_severe_alert.yml")) {
            Files.copy(CONTENT.resolve(file), rules.resolve(Path.of(file).getFileName()));
        }
        return rules;
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }

    /** A page that anybody may read, each hour from the first of the demonstration on. */
    private Path hourly(String name, int hours) throws IOException {
        StringBuilder log = new StringBuilder();
        for (int hour = 0; hour < hours; hour++) {
            log.append(page(FIRST.plusHours(hour)));
        }
        return Files.writeString(folder.resolve(name), log);
    }

    private static String page(ZonedDateTime at) {
        return "192.0.2.10 - - ["
                + DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH)
                        .format(at) + "] \"GET / HTTP/1.1\" 200 512 \"-\" \"curl/8.5.0\"\n";
    }

    private CommandRun backtest(Locale locale, Path rules, Path against, List<String> more) {
        List<String> arguments = new ArrayList<>(
                List.of("rules", "backtest", "--city", CITY_FOLDER.toString(), "--rules", rules.toString()));
        if (against != null) {
            arguments.addAll(List.of("--against", against.toString()));
        }
        arguments.addAll(more);
        return CommandRun.in(locale, arguments.toArray(String[]::new));
    }

    @Test
    void saysPerStakeholderAndRuleWhatIsNewLostAndChanged() throws IOException {
        Path was = rules("was");
        Path is = rules("is");
        replace(is.resolve("ssh_account_brute_force.yml"), "gte: 5", "gte: 7");
        replace(is.resolve("web_scan.yml"), "level: low", "level: high");
        Files.delete(is.resolve("ids_severe_alert.yml"));
        Files.writeString(is.resolve("camera_refused.yml"), NEW_RULE);
        List<String> logs = new ArrayList<>(DemoLogs.write(folder, CITY, FIRST, 3));
        // With the hour of the third day's demonstration there are events in 48.
        logs.add(hourly("hourly.log", 47).toString());

        CommandRun run = backtest(Locale.ENGLISH, is, was, logs);
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("(2.0 days): 3620 events, 0 lines rejected")
                .contains("Alerts: 36 before, 12 now: 3 new, 27 lost, 6 changed (time 3, severity 3, level 3, told 3)")
                .contains("Minato Tourism Association would have been told 0.0 times a day instead of 9.0")
                .containsPattern("ids_alert +24 \\(12.0 a day\\) +0 \\(0.0 a day\\) +0 +24 +0")
                .contains("time 2026-04-03T01:00:05Z → 2026-04-03T01:00:06Z")
                .contains("severity medium → critical; level low → high; told bousai-service, soc-service →"
                        + " bousai-service, minato-city, prefecture, soc-service")
                .contains("sshd[4600]: Failed password for iryo-batch from 203.0.113.77 port 40200 ssh2");

        List<String> more = new ArrayList<>(List.of("--json", "--examples", "1"));
        more.addAll(logs);
        JsonNode json = new ObjectMapper()
                .readTree(backtest(Locale.ENGLISH, is, was, more).out());
        assertThat(json.get("format").asText()).isEqualTo("hinomi-backtest/1");
        assertThat(json.at("/log/from").asText()).isEqualTo("2026-04-03T01:00:00Z");
        // Rule or stakeholder: before → after: new, lost, changed.
        assertThat(figures(json.get("rules")))
                .containsExactlyInAnyOrder(
                        "camera_refused 0→3 +3 -0 *0", // a rule that came
                        "ids_alert 24→0 +0 -24 *0", // rules that went
                        "ids_severe_alert 3→0 +0 -3 *0",
                        "ssh_account_brute_force 3→3 +0 -0 *3", // completed by another failure
                        "ssh_login_after_brute_force 3→3 +0 -0 *0",
                        "ssh_login_failure 0→0 +0 -0 *0",
                        "ssh_login_success 0→0 +0 -0 *0",
                        "web_not_found 0→0 +0 -0 *0",
                        "web_scan 3→3 +0 -0 *3"); // worse now, so that more are told
        assertThat(figures(json.get("stakeholders")))
                .containsExactlyInAnyOrder(
                        "bousai-service 9→3 +0 -6 *3",
                        "iryo-service 6→6 +0 -0 *3",
                        "kanko-service 18→0 +0 -18 *0",
                        "minato-city 12→12 +6 -6 *3",
                        "prefecture 3→3 +3 -3 *0",
                        "sensing-data 3→3 +3 -3 *0",
                        "soc-service 30→9 +0 -21 *6");
        JsonNode scan = rule(json, "web_scan");
        assertThat(scan.get("clean").asBoolean()).isTrue();
        assertThat(scan.get("version").asText())
                .hasSize(12)
                .isNotEqualTo(scan.get("version_before").asText());
        assertThat(scan.get("examples")).hasSize(1);
        assertThat(scan.at("/examples/0/changes").toString()).isEqualTo("[\"severity\",\"level\",\"audience\"]");
    }

    private static List<String> figures(JsonNode tallies) {
        List<String> figures = new ArrayList<>();
        tallies.forEach(each -> figures.add("%s %s→%s +%s -%s *%s"
                .formatted(
                        (each.has("name") ? each.get("name") : each.get("id")).asText(),
                        each.get("before"),
                        each.get("after"),
                        each.get("new"),
                        each.get("lost"),
                        each.get("changed"))));
        return figures;
    }

    private static JsonNode rule(JsonNode json, String name) {
        for (JsonNode rule : json.get("rules")) {
            if (rule.get("name").asText().equals(name)) {
                return rule;
            }
        }
        throw new AssertionError("no rule " + name + " in " + json);
    }

    @Test
    void compressedLogsOfADayAloneAreNoProof() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("camera_refused.yml"), NEW_RULE);
        Path plain = Path.of(DemoLogs.write(folder, CITY, FIRST, 2).stream()
                .filter(each -> each.startsWith("fw-iot-01="))
                .findFirst()
                .orElseThrow()
                .substring("fw-iot-01=".length()));
        Path packed = folder.resolve("fw-iot-01.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, out);
        }
        CommandRun same = backtest(Locale.ENGLISH, rules, rules, List.of(packed.toString()));
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out()).contains("Alerts: 2 before, 2 now: 0 new, 0 lost, 0 changed");

        CommandRun alone = backtest(Locale.JAPANESE, rules, null, List.of("--to", "2026-04-04", "fw-iot-01=" + packed));
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.out()).contains("警報: 1 件", "カメラの通信が遮断された", "にはこのログの間に 1 回知らされたはずです");
        JsonNode json = new ObjectMapper()
                .readTree(backtest(
                                Locale.ENGLISH,
                                rules,
                                null,
                                List.of("--json", "--from", "2026-04-04T10:00:00+09:00", packed.toString()))
                        .out());
        assertThat(json.at("/alerts/new").asInt()).isEqualTo(1);
        assertThat(rule(json, "camera_refused").get("clean").asBoolean()).isFalse();
        assertThat(rule(json, "camera_refused").get("not_clean").toString()).isEqualTo("[\"short-log\"]");
    }

    @Test
    void aClockThatWasResetMakesNoLogLongerAndLogsOfOthersProveNothing() throws IOException {
        Path rules = rules("rules");
        Path log = hourly("web.log", 23);
        Files.writeString(log, page(ZonedDateTime.of(1970, 1, 1, 0, 0, 0, 0, FIRST.getZone())) + Files.readString(log));
        List<String> more = new ArrayList<>(List.of("--json", "--format", "apache", log.toString()));
        JsonNode json = new ObjectMapper()
                .readTree(backtest(Locale.ENGLISH, rules, null, more).out());
        assertThat(json.at("/log/from").asText()).startsWith("1969-12-31");
        assertThat(json.at("/log/days").asDouble()).isEqualTo(1.0);
        assertThat(rule(json, "web_scan").get("clean").asBoolean()).isTrue();
        assertThat(rule(json, "ssh_login_after_brute_force").get("not_clean").toString())
                .isEqualTo("[\"no-events\"]");

        more.addAll(0, List.of("--from", "2026-01-01"));
        JsonNode part = new ObjectMapper()
                .readTree(backtest(Locale.ENGLISH, rules, null, more).out());
        assertThat(rule(part, "web_scan").get("not_clean").toString()).isEqualTo("[\"short-log\"]");
    }

    @Test
    void aLevelAtWhichFewerAreToldIsNoProof() throws IOException {
        Path was = rules("was");
        Path is = rules("is");
        replace(was.resolve("web_scan.yml"), "level: low", "level: high");
        List<String> more =
                new ArrayList<>(List.of("--json", hourly("hourly.log", 24).toString()));
        DemoLogs.write(folder, CITY, FIRST, 1).stream()
                .filter(each -> each.startsWith("web-"))
                .forEach(more::add);
        JsonNode json = new ObjectMapper()
                .readTree(backtest(Locale.ENGLISH, is, was, more).out());
        assertThat(rule(json, "web_scan").get("lost").asInt()).isZero();
        assertThat(rule(json, "web_scan").get("not_clean").toString()).isEqualTo("[\"untold\"]");
    }

    @Test
    void whatIsMeantWronglyIsSaid() throws IOException {
        Path rules = rules("rules");
        String log = Files.writeString(folder.resolve("a.log"), "").toString();
        assertThat(List.of(
                        backtest(Locale.ENGLISH, rules, null, List.of("fw-edge-1=" + log)),
                        backtest(
                                Locale.ENGLISH,
                                rules,
                                null,
                                List.of(folder.resolve("b.log").toString())),
                        backtest(Locale.ENGLISH, rules, null, List.of("--from", "yesterday", log)),
                        backtest(Locale.ENGLISH, rules, folder.resolve("none"), List.of(log))))
                .extracting(CommandRun::code)
                .containsOnly(2);
        assertThat(backtest(Locale.ENGLISH, rules, null, List.of("fw-edge-1=" + log))
                        .err())
                .contains("did you mean fw-edge-01?");
    }
}
