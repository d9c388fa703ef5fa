package jp.hinomi.correlation.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

class NeededSourcesTest {
    private final City city = CityReader.read(Path.of("../examples/city"), warning -> {});

    private List<Problem> check(String sources) {
        return NeededSources.check(
                RuleReader.readTexts(List.of(new RuleSource("a.yml", """
                        title: T
                        name: t
                        logsource: {product: linux}
                        detection:
                          d: {event.action: x}
                          condition: d
                        not_evaluable_without: %s
                        tags: [cps.ae-3]
                        """.formatted(sources))), Placeholders.NONE)
                        .rules(),
                city);
    }

    @Test
    void aMisspeltSourceIsFoundWithASuggestion() {
        assertThat(check("[fw-edge-O1]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("a.yml:1:1: warning:")
                        .contains("fw-edge-O1", "did you mean 'fw-edge-01'?", "[unknown-source]"));
    }

    @Test
    void aSourceThatIsNeverSilentIsFound() {
        assertThat(check("[srv-iryo-01, bastion-01]"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("srv-iryo-01", "expect-every", "[unwatched-source]"));
    }
}
