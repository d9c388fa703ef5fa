package jp.hinomi.city.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.city.City;
import jp.hinomi.city.CityCheck;
import jp.hinomi.city.CityReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guides show works, leads somewhere, and is the same in both languages. */
class GuidesTest {
    private static final Set<String> CITY_FILES = Set.of(
            "# stakeholders.yaml",
            "# resources.yaml",
            "# responsibilities.yaml",
            "# escalations.yaml",
            "# sources.yaml");

    @TempDir
    Path temp;

    static List<String> bilingual() {
        return Guide.bilingual();
    }

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Guide.HOME.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "README.ja.md", "CONTRIBUTING.md"),
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .map(file -> Guide.HOME.relativize(file).toString()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("bilingual")
    void bothLanguagesHaveTheSameOutlineAndTheSameExamples(String english) {
        Guide one = Guide.read(english);
        Guide other = Guide.japanese(english);

        assertThat(other.outline()).isEqualTo(one.outline());
        assertThat(other.blocks()).hasSameSizeAs(one.blocks());
        for (int i = 0; i < one.blocks().size(); i++) {
            // Shell examples carry comments, which are translated; what a program prints is in the reader's language.
            String language = one.blocks().get(i).language();
            assertThat(other.blocks().get(i).language()).isEqualTo(language);
            if (!language.equals("sh") && !language.equals("console")) {
                assertThat(other.blocks().get(i)).isEqualTo(one.blocks().get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFilesThatExist(String page) {
        assertThat(Guide.read(page).localLinks())
                .allSatisfy(link -> assertThat(link).as(link.toString()).exists());
    }

    @Test
    void theStakeholderOfTheReadmeCanBeAddedToTheExampleCity() throws IOException {
        City city = withExamplesOf("README.md");

        assertThat(city.stakeholders()).containsKey("port-authority");
        assertThat(city.responsibilities("port-cameras", LocalDate.of(2026, 11, 23)))
                .hasSize(2);
        assertThat(CityCheck.check(temp, Set.of(), LocalDate.of(2026, 11, 23))).isEmpty();
    }

    @Test
    void theSourceOfGettingStartedCanBeAddedToTheExampleCity() throws IOException {
        assertThat(withExamplesOf("docs/getting-started.md").sources()).containsKey("web-01");
    }

    @Test
    void theScheduleOfTheGuideFitsTheExampleCity() throws IOException {
        copyExampleCity();
        Guide.Block example = Guide.read("docs/city.md").blocks().stream()
                .filter(block -> block.firstLine().equals("# schedules.yaml"))
                .findFirst()
                .orElseThrow();
        Files.writeString(temp.resolve("schedules.yaml"), example.text());
        Path escalations = temp.resolve("escalations.yaml");
        Files.writeString(
                escalations,
                Files.readString(escalations).replaceAll("notify: (os-vendor|kotsu|kanko)-duty", "notify: csirt-duty"));
        City city = CityReader.read(temp, warning -> {});

        assertThat(city.onDuty("csirt-duty", Instant.parse("2027-01-01T00:00:00Z")))
                .extracting(of -> of.contact().id())
                .containsExactly("minato-ciso");
    }

    private void copyExampleCity() throws IOException {
        try (Stream<Path> files = Files.list(Guide.HOME.resolve("examples/city"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, temp.resolve(file.getFileName()));
            }
        }
    }

    private City withExamplesOf(String page) throws IOException {
        copyExampleCity();
        List<Guide.Block> examples = Guide.read(page).blocks().stream()
                .filter(block -> CITY_FILES.contains(block.firstLine()))
                .toList();
        assertThat(examples).isNotEmpty();
        for (Guide.Block example : examples) {
            Path file = temp.resolve(example.firstLine().substring(2));
            Files.writeString(file, Files.readString(file) + example.text());
        }
        return CityReader.read(temp, warning -> {
            throw new AssertionError(warning.toString());
        });
    }
}
