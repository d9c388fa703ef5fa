package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules diff}: what it says, what it returns, and what it takes from git. */
class RulesDiffCommandTest {
    private static final String RULES = """
            title: Refused
            title_ja: 拒否
            name: refused
            logsource: {category: webserver}
            detection: {s: {http.response.status_code: [401, 403]}, condition: s}
            level: low
            ---
            title: Guessing
            name: guessing
            correlation: {type: event_count, rules: [refused], group-by: [source.ip], timespan: 5m, condition: {gte: 5}}
            level: medium
            """;

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path rules = folder.resolve(name);
        Files.createDirectories(rules);
        Files.writeString(rules.resolve("rules.yml"), text);
        return rules;
    }

    @Test
    void theSameRulesInOtherWordsAreTheSame() throws IOException {
        Path was = write("was", RULES);
        Path is =
                write("is", RULES.replace("[401, 403]", "[403, 401]").replace("level: low", "level: 'low' # not high"));
        CommandRun run = CommandRun.of("rules", "diff", was.toString(), is.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("2 rules before, 2 now: 0 added, 0 removed, 0 renamed, 0 changed, 0 touched");
    }

    @Test
    void saysWhatChangedAndWhatARunningJobForgets() throws IOException {
        String was = write("was", RULES).toString();
        String is = write("is", RULES.replace("gte: 5", "gte: 8").replace("[401, 403]", "[401, 403, 429]"))
                .toString();
        CommandRun run = CommandRun.of("rules", "diff", was, is);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "* changed guessing  (medium) Guessing",
                        "    threshold: gte 5 → gte 8",
                        "    refers to what matches other events now: refused",
                        "    a running job forgets what it remembers and starts anew (answers complete after 5m)",
                        "* changed refused  (low) Refused",
                        "    detection s.http.response.status_code:",
                        "      + 429");
        JsonNode guessing = new ObjectMapper()
                .readTree(CommandRun.of("rules", "diff", "--json", was, is)
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertThat(guessing.get("state").asText()).isEqualTo("anew");
        assertThat(guessing.get("complete_after_seconds").asInt()).isEqualTo(300);
        assertThat(guessing.at("/differences/0/aspect").asText()).isEqualTo("criterion");
        assertThat(guessing.at("/before/version").asText())
                .hasSize(12)
                .isNotEqualTo(guessing.at("/after/version").asText());
        assertThat(CommandRun.in(Locale.JAPANESE, "rules", "diff", was, is).out())
                .contains("* 変更 refused  (low) 拒否", "しきい値: gte 5 → gte 8");
    }

    @Test
    void aBrokenRuleIsNamedAndCountsAsNotThere() throws IOException {
        String was = write("was", RULES).toString();
        String is = write("is", RULES.replace("timespan: 5m", "timespan: soon")).toString();
        CommandRun run = CommandRun.of("rules", "diff", was, is);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("- removed guessing");
        assertThat(run.err()).contains("rules.yml:10").contains("soon").contains("1 errors");
    }

    @Test
    void whatCannotBeComparedIsWrongUsage() throws IOException {
        String was = write("was", RULES).toString();
        assertThat(CommandRun.of("rules", "diff", was).code()).isEqualTo(2);
        CommandRun missing =
                CommandRun.of("rules", "diff", was, folder.resolve("none").toString());
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("none cannot be read");
        assertThat(CommandRun.of("rules", "diff", "--git", "--output=x", was).err())
                .contains("is no revision");
    }

    @Test
    void aRevisionOfGitIsTheOtherSide() throws Exception {
        Path rules = write("repository/rules", RULES);
        assumeTrue(git("init", "-q"), "there is no git here");
        CommandRun none = CommandRun.of("rules", "diff", "--git", "HEAD", rules.toString());
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("git knows no revision 'HEAD'");
        // Left out of archives of a release, but not of the revision.
        Files.writeString(rules.resolve(".gitattributes"), "*.yml export-ignore\n");
        Files.createDirectories(rules.resolve("of others"));
        Files.writeString(
                rules.resolve("of others/more rules.yaml"),
                RULES.replace("refused", "theirs").replace("guessing", "their_guesses"));
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.jp", "commit", "-q", "-m", "first");
        assertThat(CommandRun.of("rules", "diff", "--git", "HEAD", rules.toString())
                        .code())
                .isZero();
        Files.writeString(
                rules.resolve("more.yml"), RULES.replace("refused", "other").replace("guessing", "counted"));
        Files.writeString(rules.resolve("rules.yml"), RULES.replace("level: medium", "level: high"));
        CommandRun run = CommandRun.of("rules", "diff", "--git", "HEAD", rules.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("+ added other", "+ added counted", "level: medium → high");
    }

    private boolean git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .directory(folder.resolve("repository").toFile())
                    .redirectErrorStream(true)
                    .start();
            return git.waitFor(60, TimeUnit.SECONDS) && git.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
