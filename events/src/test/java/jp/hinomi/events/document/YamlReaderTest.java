package jp.hinomi.events.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void scalarsFollowTheCoreSchemaAndKnowTheirPlace() {
        Node.Mapping root =
                (Node.Mapping) one("a: yes\nb: 2026-04-01\nc: 007\nd: '5'\ne: ~\nf: 1.5\ng: true\nh: 0x1F\n");
        assertThat(root.names()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(root.entries().values().stream().map(node -> ((Node.Scalar) node).value()))
                .containsExactly("yes", "2026-04-01", 7L, "5", null, 1.5, true, 31L);
        assertThat(root.keyAt("c")).isEqualTo(new Location("x.yaml", 3, 1));
        assertThat(root.get("d").at()).isEqualTo(new Location("x.yaml", 4, 4));
        assertThat(problems).isEmpty();
    }

    @Test
    void severalDocumentsStandInOneFile() {
        assertThat(YamlReader.read("x.yaml", "a: 1\n---\nb: 2\n---\n- 3\n", problems::add))
                .hasSize(3);
    }

    @Test
    void aKeyThatStandsTwiceIsNamedWithBothPlaces() {
        one("a: 1\nb: 2\na: 3\n");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("duplicate-key");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).contains("line 1");
        });
    }

    @Test
    void brokenYamlNamesTheLine() {
        YamlReader.read("x.yaml", "a: 1\nb: [1, 2\nc: 3\n", problems::add);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.line()).isGreaterThan(1);
            assertThat(problem.toString()).startsWith("x.yaml:").contains("error");
        });
    }

    @Test
    void aliasBombsAndDeepNestingAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String previous = ",*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, previous.repeat(10).substring(1)));
        }
        YamlReader.read("bomb.yaml", bomb.toString(), problems::add);
        YamlReader.read("deep.yaml", "[".repeat(10_000), problems::add);
        assertThat(problems).extracting(Problem::file).containsExactly("bomb.yaml", "deep.yaml");
    }

    @Test
    void aCustomTagIsRefused() {
        YamlReader.read("x.yaml", "a: !!javax.script.ScriptEngineManager [1]\n", problems::add);
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("tag"));
    }

    @Test
    void aTagOfNoMeaningIsRefusedNotReadAsText() {
        YamlReader.read("x.yaml", "a: !foo x\nb: !!binary eA==\nc: '!d'\ne: !!str 1\n", problems::add);
        assertThat(problems).extracting(Problem::line).containsExactly(1, 2);
        assertThat(problems).extracting(Problem::message).allMatch(message -> message.contains("tag"));
    }

    @Test
    void anAliasInsideWhatItNamesIsRefused() {
        YamlReader.read("x.yaml", "a: &a\n  b: *a\n", problems::add);
        YamlReader.read("y.yaml", "&a [*a]\n", problems::add);
        StringBuilder deep = new StringBuilder("- &a0 [x]\n");
        for (int i = 1; i <= 45; i++) {
            deep.append("- &a%d [[*a%d]]\n".formatted(i, i - 1));
        }
        YamlReader.read("z.yaml", deep.toString(), problems::add);
        assertThat(problems).extracting(Problem::file).containsExactly("x.yaml", "y.yaml", "z.yaml");
        assertThat(problems).extracting(Problem::code).containsOnly("yaml-too-large");
    }

    @Test
    void aNumberThatIsTooLongStaysAsItIsWritten() {
        Node.Mapping root = (Node.Mapping)
                one("a: 1775005200123456789\nb: -9223372036854775808\nc: 12345678901234567890\nd: 1e999\n");
        assertThat(root.entries().values().stream().map(node -> ((Node.Scalar) node).value()))
                .containsExactly(1775005200123456789L, Long.MIN_VALUE, "12345678901234567890", "1e999");
    }

    @Test
    void aFileInAnotherEncodingIsRefusedNotMangled(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sjis.yaml");
        Files.write(file, "name: 港市\n".getBytes(Charset.forName("windows-31j")));
        assertThat(YamlReader.read(file, problems::add)).isEmpty();
        assertThat(problems).singleElement().extracting(Problem::code).isEqualTo("not-utf8");
    }

    @Test
    void theNearestWordIsSuggested() {
        List<String> known = List.of("stakeholder", "resource", "duty", "valid-from");
        assertThat(Suggestion.nearest("resuorce", known)).contains("resource");
        assertThat(Suggestion.nearest("Duty", known)).contains("duty");
        assertThat(Suggestion.nearest("valid_from", known)).contains("valid-from");
        assertThat(Suggestion.nearest("colour", known)).isEmpty();
        assertThat(Suggestion.remedy("colour", known)).contains("valid-from");
    }

    private Node one(String text) {
        return YamlReader.read("x.yaml", text, problems::add).get(0);
    }
}
