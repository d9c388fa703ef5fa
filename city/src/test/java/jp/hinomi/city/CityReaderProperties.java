package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.events.document.ProblemsException;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever somebody does to one of the files: it is read, or every problem has a place and a remedy. Nothing else. */
class CityReaderProperties {
    private static final Path EXAMPLE = Path.of("..", "examples", "city");
    private static final List<String> PIECES = List.of(
            "", " ", "\n", "\n  ", ":", "- ", "{", "}", "[]", "null", "~", "&a ", "*a", "!!set ", "\"", "#", "7", "é",
            "\t");

    private static Path folder;

    @BeforeContainer
    static void copyTheExample() throws IOException {
        folder = Files.createTempDirectory("city");
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void anyEditIsReadOrExplained(
            @ForAll @IntRange(max = 7) int file,
            @ForAll @IntRange(max = 100_000) int at,
            @ForAll @IntRange(max = 40) int cut,
            @ForAll @IntRange(max = 18) int piece)
            throws IOException {
        String name = List.of(
                        "city.yaml",
                        "stakeholders.yaml",
                        "resources.yaml",
                        "responsibilities.yaml",
                        "escalations.yaml",
                        "schedules.yaml",
                        "sources.yaml",
                        "severity.yaml")
                .get(file);
        String whole = Files.readString(EXAMPLE.resolve(name));
        int from = at % whole.length();
        int to = Math.min(whole.length(), from + cut);
        Files.writeString(folder.resolve(name), whole.substring(0, from) + PIECES.get(piece) + whole.substring(to));
        try {
            assertThat(CityReader.read(folder, Set.of(), warning -> {}).promoter())
                    .isNotNull();
        } catch (ProblemsException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.isError()).isTrue();
                assertThat(problem.file()).startsWith(folder.toString());
                assertThat(problem.remedy()).isNotBlank();
            });
            // One mistake may have a hundred effects, which are all told in the same words.
            e.problems().stream().limit(3).forEach(CityFolder::assertJapanese);
        } finally {
            Files.writeString(folder.resolve(name), whole);
        }
    }
}
