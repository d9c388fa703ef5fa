package jp.hinomi.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's table is the catalogue. Where it differs, the expected text is the one to copy. */
class LintGuideTest {
    private static final String MARK = "<!-- catalogue -->\n";

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void theTableIsTheCatalogue(String language) throws IOException {
        boolean japanese = language.equals("ja");
        String guide = Files.readString(Path.of("..", "docs", japanese ? "rules-lint.ja.md" : "rules-lint.md"));
        StringBuilder table = new StringBuilder(
                japanese
                        ? "| コード | 重大度 | 意味 | 対処 |\n|---|---|---|---|\n"
                        : "| code | severity | meaning | what to do |\n|---|---|---|---|\n");
        for (ProblemCode code : ProblemCode.values()) {
            table.append("| %s `%s` | %s | %s | %s |%n"
                    .formatted(
                            code.id(),
                            code.word(),
                            severity(code, japanese),
                            code.meaning(language),
                            Catalogue.standard().of(code).remedy().get(language)));
        }
        assertThat(guide.substring(guide.indexOf(MARK) + MARK.length())).isEqualTo(table.toString());
    }

    private static String severity(ProblemCode code, boolean japanese) {
        String word = japanese
                ? Map.of(Problem.Level.ERROR, "エラー", Problem.Level.WARNING, "警告", Problem.Level.HINT, "ヒント")
                        .get(code.usual())
                : code.usual().word();
        return word + (!Catalogue.isStyle(code) ? "" : japanese ? "(書き方)" : ", style");
    }
}
