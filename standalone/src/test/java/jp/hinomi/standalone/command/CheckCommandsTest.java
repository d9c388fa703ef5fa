package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hinomi rules} on what is shipped, on broken copies of it, and on small rules of its own. */
class CheckCommandsTest {
    private static final Path CITY = Path.of("../examples/city");
    private static final Path RULES = Path.of("../rules/content");

    @TempDir
    Path folder;

    @Test
    void the_shipped_city_and_rules_have_no_errors() {
        assertThat(CommandRun.of("city", "check", CITY.toString()).code()).isZero();
        CommandRun rules = CommandRun.of("rules", "check", RULES.toString());
        assertThat(rules.code()).as(rules.out()).isZero();
        assertThat(rules.err()).contains("detections");
    }

    @Test
    void a_broken_rule_is_named_with_file_and_line() throws IOException {
        Files.writeString(
                folder.resolve("broken.yml"),
                "title: Broken\nlogsource: {product: linux}\ndetection:\n  root:\n    user.name|contians: root\n"
                        + "  condition: root\nlevel: low\n");
        CommandRun run = CommandRun.of("rules", "check", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("broken.yml:5").contains("contains");
    }

    @Test
    void findings_as_text_json_and_sarif_in_both_languages() throws IOException {
        Path file = folder.resolve("x.yml");
        Files.writeString(file, """
                title: Root
                id: 00000000-0000-4000-8000-000000000001
                logsource: {product: linux}
                detection:
                  root: {user.name: root}
                  # hinomi:ignore HR314 kept for the next version
                  other: {user.name: admin}
                  never: {source.port: 22, source.prot: 22}
                  condition: root and not never and not root
                """);
        CommandRun text = CommandRun.of("rules", "check", file.toString());
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("x.yml:8:28: warning: no decoder fills the field 'source.prot'")
                .contains("[HR201 unknown-field]")
                .contains("    8 |   never: {source.port: 22, source.prot: 22}")
                .contains("      |                            ^^^^^^^^^^^")
                .contains("did you mean 'source.port'?")
                .contains("HR318 impossible-condition");
        assertThat(text.err()).contains("0 errors, 2 warnings").contains("1 ignored");
        assertThat(CommandRun.of("rules", "check", "--severity", "warning", file.toString())
                        .code())
                .isEqualTo(1);
        assertThat(CommandRun.of(
                                "rules",
                                "check",
                                "--severity",
                                "warning",
                                "--disable",
                                "HR201,impossible-condition",
                                file.toString())
                        .code())
                .isZero();
        CommandRun json = CommandRun.in(Locale.JAPANESE, "rules", "check", "--json", file.toString());
        assertThat(json.out().lines().map(CheckCommandsTest::id)).containsExactly("HR201", "HR318");
        assertThat(json.err()).contains("警告 2");
        JsonNode sarif = new ObjectMapper()
                .readTree(CommandRun.of("rules", "check", "--sarif", "-", file.toString())
                        .out());
        JsonNode results = sarif.at("/runs/0/results");
        assertThat(results).hasSize(3);
        assertThat(results.at("/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(8);
        assertThat(results.at("/2/suppressions/0/justification").asText()).isEqualTo("kept for the next version");
        assertThat(sarif.at("/runs/0/tool/driver/rules/"
                                + results.at("/0/ruleIndex").asInt() + "/id")
                        .asText())
                .isEqualTo(results.at("/0/ruleId").asText());
    }

    private static String id(String line) {
        try {
            return new ObjectMapper().readTree(line).get("id").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void every_code_is_explained_and_misspelt_ones_are_usage_errors() {
        assertThat(CommandRun.of("rules", "check", "--explain", "HR905").out())
                .contains("HR905 one-group")
                .contains("What to do:");
        assertThat(CommandRun.in(Locale.JAPANESE, "rules", "check", "--explain", "one-group")
                        .out())
                .contains("対処:");
        assertThat(CommandRun.of("rules", "check", "--explain").out())
                .contains("HR001")
                .contains("HR907");
        CommandRun wrong = CommandRun.of("rules", "check", "--explain", "one-gruop");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("one-group");
        assertThat(CommandRun.of("rules", "check", "--severity", "warnin").code())
                .isEqualTo(2);
        assertThat(CommandRun.of("rules", "check", "--disable", "HR105", "--disable", "HR104")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void exceptions_say_who_answers_for_them_and_until_when() throws IOException {
        Files.writeString(folder.resolve("rules.yml"), """
                title: Refused
                name: refused
                logsource: {category: webserver}
                detection: {s: {http.response.status_code: [401, 403]}, condition: s}
                ---
                title: Our scanner
                name: our_scanner
                owner: city-soc
                reason: {en: weekly scan, ja: 週次の検査}
                expires: 2026-03-31
                logsource: {category: webserver}
                filter: {rules: [refused], s: {source.ip: 198.51.100.9}, condition: s}
                """);
        CommandRun list = CommandRun.of("rules", "exceptions", folder.toString());
        assertThat(list.code()).as("it has expired").isEqualTo(1);
        assertThat(list.out())
                .contains("our_scanner")
                .contains("city-soc")
                .contains("2026-03-31 (expired)")
                .contains("weekly scan");
        assertThat(CommandRun.in(Locale.JAPANESE, "rules", "exceptions", folder.toString())
                        .out())
                .contains("週次の検査")
                .contains("期限切れ");
        CommandRun json = CommandRun.of("rules", "exceptions", "--json", "--city", CITY.toString(), folder.toString());
        assertThat(new ObjectMapper().readTree(json.out()).get("ends").asText()).isEqualTo("2026-03-31T15:00:00Z");
        assertThat(CommandRun.of("rules", "check", folder.toString()).out()).contains("expired-exception");

        String before = "198.51.100.9 - - [31/Mar/2026:23:59:59 +0900] \"GET / HTTP/1.1\" 401 120";
        String[] match = {"rules", "match", "--city", CITY.toString(), "--format", "apache", before, folder.toString()};
        assertThat(CommandRun.of(match).out()).contains("suppressed: refused, by the exception our_scanner (city-soc");
        match[6] = before.replace("31/Mar/2026:23:59:59", "01/Apr/2026:00:00:00");
        assertThat(CommandRun.of(match).out()).contains("holds: refused");

        Path log = Files.writeString(folder.resolve("access.log"), before + "\n" + match[6] + "\n");
        CommandRun detect = CommandRun.of(
                "detect",
                "--city",
                CITY.toString(),
                "--rules",
                folder.toString(),
                "--format",
                "apache",
                log.toString());
        assertThat(detect.out().lines()).hasSize(1);
        assertThat(detect.err())
                .contains(
                        "suppressed: 1 matches of refused, by the exception our_scanner (city-soc, expires 2026-03-31)");
        assertThat(CommandRun.of("rules", "explain", folder.toString()).out()).contains("our_scanner (city-soc");
    }

    @Test
    void match_says_which_rules_hold_and_what_keeps_the_others_from_it() throws IOException {
        Files.writeString(folder.resolve("rules.yml"), """
                title: Refused
                name: refused
                logsource: {category: webserver}
                detection: {s: {url.path|startswith: /admin, http.response.status_code: [401, 403]}, condition: s}
                ---
                title: Deleted
                name: deleted
                logsource: {category: webserver}
                detection:
                  s: {url.path|startswith: /admin, http.request.method: DELETE}
                  x: {url.path|startswith: /x, user.name: nobody, http.request.method: PUT}
                  condition: s or x
                ---
                title: From elsewhere
                name: elsewhere
                logsource: {category: webserver}
                detection: {s: {http.request.method: POST}, own: {source.ip|cidr: 198.51.100.0/24}, condition: s and not own}
                ---
                title: Kernel
                name: kernel
                logsource: {product: linux, service: auditd}
                detection: {s: {http.request.method: POST}, condition: s}
                ---
                title: Burst
                name: burst
                correlation: {type: event_count, rules: [refused], timespan: 1m, condition: {gte: 2}}
                """);
        String line = "198.51.100.9 - - [01/Apr/2026:10:00:00 +0900] \"POST /admin/login HTTP/1.1\" 401 120";
        CommandRun run = CommandRun.of(
                "rules", "match", "--city", CITY.toString(), "--format", "apache", line, folder.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("holds: refused (serves burst)")
                .contains("does not hold: deleted")
                .contains("http.request.method is 'POST', and not 'DELETE'")
                .contains("source.ip is '198.51.100.9', which the rule excepts: cidr 198.51.100.0/24")
                .doesNotContain("nobody");
        assertThat(run.err()).contains("1 rules hold; 2 of the same logs do not, 1 are for other logs");
        CommandRun json = CommandRun.of(
                "rules",
                "match",
                "--city",
                CITY.toString(),
                "--json",
                "--rule",
                "deleted",
                "--format",
                "apache",
                line,
                folder.toString());
        assertThat(new ObjectMapper()
                        .readTree(json.out())
                        .at("/missed/0/obstacles/0/actual")
                        .asText())
                .isEqualTo("POST");
        String several = "{\"@timestamp\":\"2026-04-01T01:00:00Z\",\"event.id\":\"e1\",\"event.category\":\"web\","
                + "\"url.path\":\"/admin\",\"http.request.method\":[\"GET\",\"PUT\"],\"http.response.status_code\":200}";
        JsonNode values = new ObjectMapper()
                .readTree(CommandRun.of(
                                "rules",
                                "match",
                                "--city",
                                CITY.toString(),
                                "--json",
                                "--rule",
                                "deleted",
                                "--format",
                                "ecs-json",
                                several,
                                folder.toString())
                        .out());
        assertThat(values.at("/matched").isArray()).isTrue();
        assertThat(values.at("/missed/0/obstacles/0/actual").toString()).isEqualTo("[\"GET\",\"PUT\"]");
        CommandRun none = CommandRun.of(
                "rules",
                "match",
                "--city",
                CITY.toString(),
                "--format",
                "apache",
                line.replace("401", "200"),
                folder.toString());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.out()).contains("http.response.status_code is '200', and not 401 | 403");
        assertThat(CommandRun.of(
                                "rules",
                                "match",
                                "--city",
                                CITY.toString(),
                                "--format",
                                "apache",
                                "no such line",
                                folder.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void coverage_prints_draws_and_counts() throws IOException {
        CommandRun text = CommandRun.in(Locale.JAPANESE, "rules", "coverage", RULES.toString());
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out()).contains("対策要件", "cps.ac-1", "credential-access");
        assertThat(text.out().lines().filter(line -> line.startsWith("cps.ae-4 ")))
                .as("the column of gaps")
                .singleElement()
                .asString()
                .matches("cps.ae-4 +- +\\S+");
        CommandRun json = CommandRun.of("rules", "coverage", "--json", RULES.toString());
        assertThat(new ObjectMapper().readTree(json.out()).at("/risks")).hasSize(160);
        assertThat(CommandRun.of("rules", "coverage", "--format", "svg", RULES.toString())
                        .out())
                .startsWith("<svg")
                .contains("T1110");
        Files.writeString(
                folder.resolve("x.coverage.yml"), "risks:\n  - {risk: 1, title: {ja: 甲, en: a}, rules: [nowhere]}\n");
        CommandRun wrong = CommandRun.of("rules", "coverage", folder.toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err())
                .contains("x.coverage.yml:2")
                .contains("'nowhere'")
                .contains("risk 160");
    }

    @Test
    void imports_rules_of_a_sigma_repository_and_says_what_became_of_each() throws IOException {
        Path sigma = Files.createDirectory(folder.resolve("sigma"));
        Files.writeString(
                sigma.resolve("shell.yml"),
                "title: Shell\nid: 00000000-0000-4000-8000-000000000001\n"
                        + "logsource: {category: process_creation, product: linux}\n"
                        + "detection: {s: {Image|endswith: /sh}, condition: s}\n");
        Files.writeString(
                sigma.resolve("count.yml"),
                "title: Old\nid: 00000000-0000-4000-8000-000000000002\nlogsource: {category: webserver}\n"
                        + "detection:\n  s: {cs-method: POST}\n  condition: s | count() by c-ip > 5\n");
        Path out = folder.resolve("imported");
        CommandRun run = CommandRun.of("rules", "import", "--out", out.toString(), sigma.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("1 rules taken, 0 taken with a note, 1 refused");
        assertThat(run.out())
                .contains("category: webserver")
                .contains("count.yml:6")
                .contains("legacy-aggregation");
        assertThat(out.resolve("shell.yml")).content().contains("{process.executable|endswith: /sh}");
        CommandRun japanese =
                CommandRun.in(Locale.JAPANESE, "rules", "import", "--json", "--out", out.toString(), sigma.toString());
        assertThat(new ObjectMapper()
                        .readTree(japanese.out())
                        .at("/files/0/problems/0/remedy")
                        .asText())
                .contains("event_count");
        assertThat(japanese.err()).contains("前回と同じファイル 2");
    }

    @Test
    void epl_that_runs_code_is_named_with_its_line() throws IOException {
        Files.writeString(folder.resolve("epl.yml"), """
                title: Logins
                name: login
                logsource: {category: authentication}
                detection: {s: {event.outcome: success}, condition: s}
                ---
                title: Breakout
                name: breakout
                correlation:
                  type: epl
                  rules: [login]
                  timespan: 1m
                  epl: |
                    select * from login
                    where java.lang.Runtime.getRuntime().exec('id') is null
                """);
        CommandRun run = CommandRun.of("rules", "check", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("epl.yml:14").contains("'getRuntime' is not an allowed function");
    }

    /** Broken on trial: the schedule asked for now instead of the time that was named. */
    @Test
    void explain_shows_epl_key_horizon_and_bound_of_a_rule() throws IOException {
        Files.writeString(folder.resolve("rules.yml"), """
                title: Failed
                name: failed
                logsource: {category: authentication}
                detection: {f: {event.outcome: failure}, condition: f}
                ---
                title: Burst
                name: burst
                correlation: {type: event_count, rules: [failed], group-by: [source.ip], timespan: 90m, condition: {gte: 7}}
                ---
                title: Unanswered
                name: unanswered
                correlation: {type: absence, rules: [burst, failed], timespan: 5m}
                """);
        CommandRun run = CommandRun.of("rules", "explain", folder.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("event_count >= 7")
                .contains("failed: source.ip")
                .contains("1h 30m")
                .contains("7 matches")
                .contains("nth_newest(m)")
                .contains("when its window is over");
        CommandRun unknown = CommandRun.of("rules", "explain", "--rule", "brust", folder.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("'brust'").contains("burst");
        CommandRun strict = CommandRun.of("rules", "check", "--strict-sigma", folder.toString());
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.out()).contains("rules.yml:12").contains("'absence'");
    }

    /** Broken on trial: the formats' tests left out of the check. */
}
