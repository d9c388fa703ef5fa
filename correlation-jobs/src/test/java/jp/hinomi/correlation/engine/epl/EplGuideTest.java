package jp.hinomi.correlation.engine.epl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's example is a rule that runs. */
class EplGuideTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n((?:(?!```).)*type: epl.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"rules.md", "rules.ja.md"})
    void theExampleRuns(String guide) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", guide)));
        assertThat(example.find()).isTrue();
        List<RuleSource> sources = Stream.concat(
                        Stream.of("login_failed", "login_success", "data_export")
                                .map(EplGuideTest::detection),
                        Stream.of(new RuleSource("example.yml", example.group(1))))
                .toList();
        RuleReader.Result rules = RuleReader.readTexts(sources, Placeholders.NONE);
        assertThat(rules.problems()).isEmpty();
        Correlations correlations = new Correlations(rules.rules());
        assertThat(correlations.problems()).isEmpty();
        assertThat(correlations.all()).hasSize(1);
    }

    private static RuleSource detection(String name) {
        return new RuleSource(name + ".yml", """
                title: x
                name: %s
                logsource: {category: authentication}
                detection: {s: {event.action: %s}, condition: s}
                """.formatted(name, name));
    }
}
