package jp.hinomi.alerting.incident.axis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.city.Layer;
import jp.hinomi.city.Role;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private static Window window(String from, String to) {
        return Window.of(from, to).orElseThrow();
    }

    private static List<String> labels(Window window, String zone) {
        return Ticks.of(window, ZoneId.of(zone)).stream().map(Ticks::label).toList();
    }

    @Test
    void ticksStandAtRoundTimesOfTheZone() {
        Window hour = window("2026-04-01T00:50:00Z", "2026-04-01T01:50:00Z");
        assertThat(labels(hour, "Asia/Tokyo"))
                .containsExactly("04-01 09:50", "10:00", "10:10", "10:20", "10:30", "10:40");
        assertThat(labels(window("2026-03-31T14:59:50Z", "2026-03-31T15:00:20Z"), "Asia/Tokyo"))
                .containsExactly("03-31 23:59:50", "23:59:55", "04-01 00:00:00", "00:00:05", "00:00:10", "00:00:15");
        assertThat(labels(window("2026-03-28T00:00:00Z", "2026-04-01T00:00:00Z"), "Europe/Paris"))
                .contains("03-29 00:00", "12:00", "03-30 00:00", "03-31 00:00");
    }

    @Test
    void thereAreFewTicksHoweverLongItLasts() {
        Instant start = Instant.parse("2026-01-31T12:34:56Z");
        for (long seconds = 1; seconds < 3650L * 86_400; seconds = seconds * 3 / 2 + 1) {
            Window window = new Window(start, start.plusSeconds(seconds));
            assertThat(Ticks.of(window, TOKYO))
                    .hasSizeBetween(0, 10)
                    .allSatisfy(tick -> assertThat(tick.at()).isBetween(window.from(), window.to()));
        }
    }

    @Test
    void whatIsNoWindowIsNone() {
        assertThat(Window.of("2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z")).isEmpty();
        assertThat(Window.of("2026-04-02T00:00:00Z", "2026-04-01T00:00:00Z")).isEmpty();
        assertThat(Window.of("yesterday", "2026-04-01T00:00:00Z")).isEmpty();
        assertThat(Window.of("-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"))
                .isEmpty();
        Window shortest = window("2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z");
        assertThat(shortest.closer()).isEqualTo(shortest);
        assertThat(shortest.farther().closer()).isEqualTo(shortest);
        Window longest = window("2016-04-01T00:00:00Z", "2026-04-01T00:00:00Z");
        assertThat(longest.farther()).isEqualTo(longest);
    }

    @Test
    void theDrawingHasTheSameSizeHoweverMuchHappened() {
        Window hour = window("2026-04-01T00:00:00Z", "2026-04-01T01:00:00Z");
        List<Cell> cells = new ArrayList<>();
        for (int column = 0; column < Drawing.COLUMNS; column++) {
            cells.add(new Cell("promoter", "alert", column, 1_000_000, 7));
            cells.add(new Cell("promoter", "answer", column, 1_000_000, 7));
            cells.add(new Cell("promoter", "measure", column, 1_000_000, 7));
            cells.add(new Cell("promoter", "note", column, column == 3 ? 1_000_000 : 1, 7));
            cells.add(new Cell(Drawing.EVENTS, "event", column, 1_000_000, 0));
            cells.add(new Cell("elsewhere", "note", column, 1, 7));
        }
        Drawing drawing = Drawing.of(hour, TOKYO, List.of("promoter", Drawing.EVENTS), cells);
        assertThat(drawing.bars()).hasSize(4 * Drawing.COLUMNS).allSatisfy(bar -> {
            assertThat(bar.y()).isNotNegative();
            assertThat(bar.height()).isBetween(2, 64);
        });
        assertThat(drawing.marks()).hasSize(5 * Drawing.COLUMNS).allSatisfy(mark -> {
            assertThat(mark.x()).isBetween(0, Drawing.WIDTH);
            assertThat(mark.y()).isBetween(0, drawing.height());
            assertThat(mark.radius()).isBetween(4, 9);
        });
        for (Drawing.Mark mark : drawing.marks()) {
            Drawing.Lane lane = drawing.lanes().stream()
                    .filter(each -> each.id().equals(mark.lane()))
                    .findFirst()
                    .orElseThrow();
            // The name of the lane stands in the 20 pixels below its top.
            assertThat(mark.y() - mark.radius()).isGreaterThan(lane.top() + 20);
        }
        assertThat(drawing.columns().stream().filter(Drawing.Column::wide)).hasSize(10);
        assertThat(drawing.columns().get(3).window()).isEqualTo(window("2026-04-01T00:00:36Z", "2026-04-01T00:03:36Z"));
    }

    @Test
    void lanesOfLayersAreThoseOfTheMapAndWhoAnswersForOneLayerWritesInIt() {
        Lanes.OfLayers lanes = Lanes.OfLayers.of(new SampleCity()
                .stakeholder("vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, SampleCity.contact("noc"))
                .resource("api")
                .responsible("api", "vendor")
                .build());
        assertThat(lanes.resources()).containsEntry("api", Layer.CITY_OS);
        assertThat(lanes.authors()).containsExactly(Map.entry("contact:noc", Layer.CITY_OS));
        assertThat(lanes.order(List.of("~asset"))).containsExactly("~governance", "~service", "~city-os", "~asset");
        assertThat(lanes.order(List.of(Lanes.OfLayers.NONE))).endsWith(Lanes.OfLayers.NONE);
        AxisFilter filter = AxisFilter.of("", "", List.of(), "vendor", "", false, false, "", "");
        assertThat(filter.lanesByLayer(false).lane()).contains("vendor");
        assertThat(filter.lanesByLayer(true).lane()).isEmpty();
    }

    @Test
    void anAddressThatIsNotUnderstoodShowsWhatItCan() {
        AxisFilter filter =
                AxisFilter.of("x", "y", List.of("note", "nothing"), "", "  Ära\0 ", true, false, "layer", "utc");
        assertThat(filter.parameters())
                .extracting(Object::toString)
                .containsExactly("kind=note", "q=ära", "pinned=true", "lanes=layer", "tz=utc");
        assertThat(filter.with("note").kinds()).isEmpty();
        assertThat(filter.inLane("a").inLane("a").lane()).isEmpty();
    }
}
