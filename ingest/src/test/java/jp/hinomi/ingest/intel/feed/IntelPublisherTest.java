package jp.hinomi.ingest.intel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Observable.Type;
import jp.hinomi.testing.TestKafka;
import org.junit.jupiter.api.Test;

class IntelPublisherTest {
    private static final String KAFKA = TestKafka.shared().bootstrapServers();

    @Test
    void writesOnlyWhatChangedAndTakesAwayWhatIsGone() {
        try (IntelPublisher other = new IntelPublisher(KAFKA, "other", false)) {
            other.put(indicator("other", "o", 1).build());
            other.flush();
        }
        try (IntelPublisher first = new IntelPublisher(KAFKA, "feed", false)) {
            first.put(indicator("feed", "a", 1).build());
            first.put(indicator("feed", "b", 1).build());
            first.put(indicator("feed", "r", 1).revoked(true).build());
            first.flush();
            assertThat(first.written()).isEqualTo(2);
        }
        try (IntelPublisher second = new IntelPublisher(KAFKA, "feed", false)) {
            second.put(indicator("feed", "a", 1).build());
            second.put(indicator("feed", "c", 1).modified(10).build());
            second.put(indicator("feed", "c", 2).modified(5).build());
            second.withdraw("o");
            second.withdraw("unknown");
            second.removeOthers();
            second.flush();
            assertThat(second.written()).isEqualTo(1);
            assertThat(second.unchanged()).isEqualTo(1);
            assertThat(second.older()).isEqualTo(1);
            assertThat(second.removed()).isEqualTo(1);
        }
        try (IntelPublisher third = new IntelPublisher(KAFKA, "feed", false)) {
            third.put(indicator("feed", "w", 1).build());
            third.withdraw("w");
            third.withdraw("w");
            third.flush();
            assertThat(third.removed()).isEqualTo(1);
        }
        try (IntelPublisher dry = new IntelPublisher(KAFKA, "feed", true)) {
            dry.put(indicator("feed", "d", 1).build());
            dry.removeOthers();
            dry.flush();
            assertThat(dry.written()).isEqualTo(1);
            assertThat(dry.removed()).isEqualTo(2);
        }
        Map<String, String> topic = new TreeMap<>();
        IntelTopic.read(KAFKA, (id, json) -> {
            if (json == null) {
                topic.remove(id);
            } else {
                Indicator indicator = IndicatorJson.read(json);
                topic.put(id, indicator.observables().get(0).value());
            }
        });
        assertThat(topic).isEqualTo(Map.of("o", "203.0.113.1", "a", "203.0.113.1", "c", "203.0.113.1"));
    }

    private static Indicator.Builder indicator(String feed, String id, int last) {
        return Indicator.builder(id, feed).observable(Type.IPV4_ADDR, "203.0.113." + last);
    }
}
