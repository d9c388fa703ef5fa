package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule on its way from experimental to stable, with everything that may be missing. */
class RulesLifecycleCommandTest {
    private static final String RULE = """
            title: Page of administrators   # not the login page
            title_ja: 管理者のページ
            name: admin_page
            status: experimental # since spring
            modified: 2026-01-01
            logsource: {category: webserver}
            detection: {s: {url.path: /admin}, condition: s}
            level: low
            """;

    private static final String CASES = """
            rule: admin_page
            cases:
              - title: the page
                source: web-bousai-01
                lines: ['203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] "GET /admin HTTP/1.1" 200 5 "-" "curl"']
                alerts: [{time: "2026-04-01T01:00:00Z"}]
              - title: another page
                source: web-bousai-01
                lines: ['203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] "GET /adm HTTP/1.1" 200 5 "-" "curl"']
                alerts: []
            """;

    @TempDir
    Path folder;

    private Path rules;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        rules = Files.createDirectories(folder.resolve("pages"));
        file = Files.writeString(rules.resolve("admin_page.yml"), RULE);
    }

    private CommandRun promote(Locale locale, String to, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "rules",
                "promote",
                "admin_page",
                rules.toString(),
                "--city",
                "../examples/city",
                "--to",
                to,
                "--by",
                "sato"));
        arguments.addAll(List.of(more));
        return CommandRun.in(locale, arguments.toArray(String[]::new));
    }

    private CommandRun promote(String to, String... more) {
        return promote(Locale.ENGLISH, to, more);
    }

    private Path backtest() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int hour = 0; hour < 24; hour++) {
            log.append("192.0.2.10 - - [03/Apr/2026:%02d:00:00 +0900] \"GET / HTTP/1.1\" 200 512 \"-\" \"curl\"\n"
                    .formatted(hour));
        }
        Path lines = Files.writeString(folder.resolve("web.log"), log);
        CommandRun run = CommandRun.of(
                "rules",
                "backtest",
                "--json",
                "--city",
                "../examples/city",
                "--rules",
                rules.toString(),
                "web-bousai-01=" + lines);
        assertThat(run.err()).doesNotContain("line.rejected");
        return Files.writeString(folder.resolve("report.json"), run.out());
    }

    @Test
    void aRuleIsPromotedWithItsProofAndNothingElseOfItsTextChanges() throws IOException {
        CommandRun untested = promote("test");
        assertThat(untested.code()).isEqualTo(1);
        assertThat(untested.out()).contains("admin_page is not promoted to test:", "it has no case");
        assertThat(promote("stable").out())
                .contains(
                        "a rule becomes 'test' before it becomes 'stable'", "it has no case", "a backtest is missing");

        Files.writeString(rules.resolve("admin_page.test.yml"), CASES);
        CommandRun tested = promote("test");
        assertThat(tested.code()).as(tested.out() + tested.err()).isZero();
        String today = LocalDate.now(ZoneId.of("Asia/Tokyo")).toString();
        assertThat(file)
                .hasContent(RULE.replace("status: experimental", "status: test").replace("2026-01-01", today));

        Path report = backtest();
        CommandRun stable = promote("stable", "--backtest", report.toString());
        assertThat(stable.code()).as(stable.out() + stable.err()).isZero();
        assertThat(file)
                .hasContent(
                        RULE.replace("status: experimental", "status: stable").replace("2026-01-01", today));

        List<String> lines = Files.readAllLines(rules.resolve("history/admin_page.jsonl"));
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(first.get("by").asText()).isEqualTo("sato");
        assertThat(first.get("from").asText() + first.get("to").asText()).isEqualTo("experimentaltest");
        assertThat(second.get("proved"))
                .as("what was tested is what was promoted")
                .isEqualTo(first.get("version"));
        assertThat(second.at("/proof/cases").asInt()).isEqualTo(2);
        assertThat(second.at("/proof/backtest/days").asDouble()).isEqualTo(1.0);
        assertThat(second.at("/proof/backtest/events").asInt()).isEqualTo(24);
        assertThat(second.at("/proof/backtest/sha256").asText()).hasSize(64);

        CommandRun history = CommandRun.of("rules", "history", "admin_page", rules.toString());
        assertThat(history.code()).isZero();
        assertThat(history.out())
                .contains("experimental → test", "test → stable", "sato")
                .contains("2 cases; backtest over 1.0 days, 24 events: 0.0 alerts a day")
                .contains("the files have what was promoted last (stable, version "
                        + second.get("version").asText());
        Files.writeString(file, Files.readString(file).replace("/admin", "/administration"));
        assertThat(CommandRun.of("rules", "history", "pages", rules.toString()).out())
                .contains("the files have another version than was promoted last");
        CommandRun none = CommandRun.in(Locale.JAPANESE, "rules", "history", "admin", rules.toString());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("'admin' というルールもパックもありません");
    }

    @Test
    void whatIsMissingIsSaidInTheUsersLanguage() throws IOException {
        Path report = Files.writeString(folder.resolve("report.json"), "{\"format\": \"hinomi-backtest/2\"}");
        CommandRun unknown = promote("stable", "--backtest", report.toString());
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("is no report of a backtest");
        Files.writeString(report, "{\"format\": \"hinomi-backtest/1\", \"rules\": []}");
        CommandRun other = promote(Locale.JAPANESE, "stable", "--backtest", report.toString());
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.out()).contains("admin_page は stable に昇格できません", "バックテストの報告にこのルールがありません");
        assertThat(promote("done").code()).isEqualTo(2);
        assertThat(rules.resolve("history")).doesNotExist();
        assertThat(file).hasContent(RULE);
    }

    @Test
    void aKeyIsMadeOnceAndShownAsTheCityTakesIt() throws IOException {
        Path key = folder.resolve("soc.pem");
        CommandRun made = CommandRun.of("rules", "key", "new", "--owner", "soc-service", key.toString());
        assertThat(made.code()).isZero();
        assertThat(made.out()).matches("- \\{owner: soc-service, key: MCowBQYDK2VwAyEA\\S{43}=}\\s+");
        assertThat(CommandRun.of("rules", "key", "show", "--owner", "soc-service", key.toString())
                        .out())
                .isEqualTo(made.out());
        CommandRun again = CommandRun.of("rules", "key", "new", key.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
        assertThat(CommandRun.of("rules", "key", "show", file.toString()).code())
                .isEqualTo(2);
    }
}
