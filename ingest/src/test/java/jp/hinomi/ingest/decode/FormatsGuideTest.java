package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides have exactly one row for each format, in the order of the alphabet. Broken on trial: a row taken out. */
class FormatsGuideTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9-]+)` \\|", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"formats.md", "formats.ja.md"})
    void everyFormatHasItsRow(String guide) throws IOException {
        String whole = Files.readString(Path.of("..", "docs", guide));
        String text = whole.substring(0, whole.indexOf("\n## ")); // further tables come under headings
        List<String> rows =
                ROW.matcher(text).results().map(result -> result.group(1)).toList();
        assertThat(rows).as("rows '| `format` | …' of docs/" + guide).containsExactlyElementsOf(Decoders.formats());
        assertThat(cells(text)).as("docs/" + guide + ": cells of a row").containsOnly(5);
    }

    /** What it reads, how to configure the device, and the names of its data sets are said for each. */
    private static List<Integer> cells(String text) {
        return text.lines()
                .filter(line -> ROW.matcher(line).find())
                .map(line -> (int) line.chars().filter(c -> c == '|').count())
                .toList();
    }
}
