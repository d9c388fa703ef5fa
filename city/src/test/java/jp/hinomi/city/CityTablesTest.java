package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CityTablesTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "city");

    @TempDir
    Path temp;

    private Path city;
    private Path tables;

    @BeforeEach
    void copyTheExample() throws IOException {
        city = Files.createDirectory(temp.resolve("city"));
        tables = temp.resolve("tables");
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, city.resolve(file.getFileName()));
            }
        }
    }

    private City read(Path folder) {
        return CityReader.read(folder, Set.of(), warning -> {});
    }

    /** Replaces the YAML of the city by what the tables say. */
    private City imported() throws IOException {
        Map<String, String> yaml = CityTables.read(tables, city, Set.of(), warning -> {});
        for (Map.Entry<String, String> file : yaml.entrySet()) {
            Files.writeString(city.resolve(file.getKey()), file.getValue());
        }
        return read(city);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-31j", "Shift_JIS"})
    void aCityComesBackAsItWas(String charset) throws IOException {
        City before = read(city);
        assertThat(CityTables.write(city, tables, Charset.forName(charset))).hasSizeGreaterThan(12);
        assertThat(imported()).isEqualTo(before);
    }

    @Test
    void spreadsheetsKnowTheCharsetAndTakeNothingForAFormula() throws IOException {
        Files.delete(city.resolve("schedules.yaml"));
        new CityFolder(city)
                .change("responsibilities.yaml", "basis: \"第12条\"", "basis: \"=HYPERLINK(\\\"https://x.example\\\")\"");
        City before = read(city);
        CityTables.write(city, tables, StandardCharsets.UTF_8);
        byte[] bytes = Files.readAllBytes(tables.resolve("responsibilities.csv"));
        assertThat(bytes).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains(",\"'=HYPERLINK(\"\"https://x.example\"\")\"");
        assertThat(imported()).isEqualTo(before);
    }

    @Test
    void readsWhatSpreadsheetsMakeOfDatesAndTimes() throws IOException {
        City before = read(city);
        CityTables.write(city, tables, StandardCharsets.UTF_8);
        edit("responsibilities.csv", "2026-04-01", "2026/4/1");
        edit("holidays.csv", "2026-11-03", "2026/11/3");
        assertThat(imported()).isEqualTo(before);
    }

    @Test
    void mistakesNameTheRowAndTheCell() throws IOException {
        new CityFolder(city);
        Files.delete(city.resolve("schedules.yaml"));
        CityTables.write(city, tables, StandardCharsets.UTF_8);
        edit("responsibilities.csv", "api,vendor,operator", "api,vender,operator");
        edit("responsibilities.csv", "2027-03-31", "2027-02-30");
        assertThat(problems())
                .containsExactly(
                        "responsibilities.csv:2:12 bad-date",
                        "responsibilities.csv:3:2 unknown-stakeholder",
                        "responsibilities.csv:3:11 bad-date");
        CityTables.write(city, tables, StandardCharsets.UTF_8);
        edit("contacts.csv", "vendor,vendor-noc", "nobody,vendor-noc");
        assertThat(problems()).containsExactly("contacts.csv:3:1 unknown-row");
        Files.delete(tables.resolve("steps.csv"));
        CityTables.write(city, tables, StandardCharsets.UTF_8);
        Files.delete(tables.resolve("steps.csv"));
        edit("resources.csv", "api,API", "api,\"API");
        assertThat(problems()).contains("steps.csv:0:0 missing-table", "resources.csv:2:2 bad-csv");
        Files.write(tables.resolve("steps.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0x80});
        assertThat(problems()).contains("steps.csv:0:0 bad-charset");
    }

    /** Excel on Windows writes ㈱ and ① into what it calls Shift_JIS. */
    @Test
    void lettersOfWindowsGoOutAndALetterThatIsMissingIsNamed() throws IOException {
        CityFolder files = new CityFolder(city).change("stakeholders.yaml", "en: Vendor", "ja: ㈱ベンダ①");
        Files.deleteIfExists(city.resolve("schedules.yaml"));
        City before = read(city);
        CityTables.write(city, tables, Charset.forName("Shift_JIS"));
        assertThat(imported()).isEqualTo(before);

        files.change("stakeholders.yaml", "㈱ベンダ①", "ベンダ\uD83D\uDE00");
        ProblemsException thrown = catchThrowableOfType(
                ProblemsException.class, () -> CityTables.write(city, tables, Charset.forName("Shift_JIS")));
        assertThat(thrown.problems()).hasSize(1).allSatisfy(problem -> {
            CityFolder.assertJapanese(problem);
            assertThat(problem.message()).contains("U+1F600");
            assertThat(problem.remedy()).contains("UTF-8");
            assertThat(brief(problem)).isEqualTo("stakeholders.csv:3:0 unknown-letter");
        });
    }

    @Test
    void aTableWithAMisspeltNameIsNotLeftOutInSilence() throws IOException {
        CityTables.write(city, tables, StandardCharsets.UTF_8);
        Files.move(tables.resolve("holidays.csv"), tables.resolve("holiday.csv"));
        assertThat(problems()).contains("holiday.csv:0:0 unknown-table");
    }

    @Test
    void anEmptyFolderIsNoCity() throws IOException {
        Files.createDirectory(tables);
        assertThat(problems()).containsExactly("tables:0:0 no-tables");
    }

    private List<String> problems() {
        ProblemsException thrown = catchThrowableOfType(
                ProblemsException.class, () -> CityTables.read(tables, city, Set.of(), warning -> {}));
        thrown.problems().forEach(CityFolder::assertJapanese);
        return thrown.problems().stream().map(CityTablesTest::brief).toList();
    }

    private static String brief(Problem problem) {
        return Path.of(problem.file()).getFileName() + ":" + problem.line() + ":" + problem.column() + " "
                + problem.code();
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(tables.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(tables.resolve(file), text.replace(from, to));
    }
}
