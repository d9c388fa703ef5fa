package jp.hinomi.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.standalone.terminal.Texts;
import org.junit.jupiter.api.Test;

class StoriesTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 4, 3, 10, 0, 0, 0, ZoneId.of("Asia/Tokyo"));
    private static final City CITY = CityReader.read(Path.of("../examples/city"), problem -> {});

    @Test
    void every_line_can_be_decoded_and_carries_the_moment_it_is_sent() {
        List<TimedLine> lines = new java.util.ArrayList<>(OrdinaryHour.lines(1, Replay.COMPRESSION));
        Stories.all().forEach(story -> lines.addAll(story.lines()));
        Map<String, Integer> formats = new HashMap<>();
        for (TimedLine line : lines) {
            Source source = CITY.sources().get(line.source());
            assertThat(source).as(line.source()).isNotNull();
            formats.merge(source.format(), 1, Integer::sum);
            String text = line.text().apply(NOW);
            String sent = source.format().equals("openssh") ? "2026-04-03T10:00:00+09:00 h " + text : text;
            Decoding decoding = Decoders.of(source.format(), source.zone(), source.charset())
                    .decode(new LogRecord(sent.getBytes(source.charset()), source.id(), null, "x:1", 0));
            assertThat(decoding).as(sent).isInstanceOf(Decoding.Decoded.class);
            assertThat(((Decoding.Decoded) decoding).event().timestampMillis())
                    .as(sent)
                    .isEqualTo(NOW.toInstant().toEpochMilli());
        }
        assertThat(formats.keySet()).contains("openssh", "nginx", "apache", "suricata-eve", "fortigate");
    }

    @Test
    void the_same_seed_tells_the_same_hour() {
        assertThat(texts(OrdinaryHour.lines(7, 60))).isEqualTo(texts(OrdinaryHour.lines(7, 60)));
        assertThat(texts(OrdinaryHour.lines(7, 60))).isNotEqualTo(texts(OrdinaryHour.lines(8, 60)));
    }

    private static List<String> texts(List<TimedLine> lines) {
        return lines.stream()
                .map(line -> line.after() + line.source() + line.text().apply(NOW))
                .toList();
    }

    @Test
    void the_hour_and_its_stories_fit_into_a_minute() {
        assertThat(OrdinaryHour.lines(1, Replay.COMPRESSION))
                .allSatisfy(line -> assertThat(line.after()).isLessThan(Duration.ofSeconds(60)));
        assertThat(Stories.all()).hasSize(3).allSatisfy(story -> {
            assertThat(story.lines().get(story.lines().size() - 1).after()).isLessThan(Duration.ofSeconds(45));
            assertThat(Texts.in(Locale.JAPANESE).get(story.name() + ".watch")).isNotBlank();
        });
    }

    @Test
    void every_rule_that_a_story_promises_is_shipped() {
        RuleSet rules = RuleReader.read(List.of(Path.of("../rules/content"))).rules();
        assertThat(Stories.all())
                .flatExtracting(Story::rules)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rules.byName()).containsKey(rule));
    }
}
