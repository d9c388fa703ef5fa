package jp.hinomi.correlation.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.MatchedIndicators;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threat intelligence over a real topic. */
class LiveIntelTest {
    private static String servers;

    @BeforeAll
    static void topics() {
        servers = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(servers, 1);
    }

    private static byte[] indicator(String id, String address) {
        return IndicatorJson.write(Indicator.builder(id, "test")
                .observable(Observable.Type.IPV4_ADDR, address)
                .build());
    }

    private static SecurityEvent event(String address) {
        return new SecurityEvent.Builder("e", 1_800_000_000_000L)
                .put(Fields.SOURCE_IP, address)
                .build();
    }

    private static boolean knows(Enrichment enrichment, String address) {
        return !MatchedIndicators.of(enrichment.enrich(event(address))).isEmpty();
    }

    private static boolean isFollowed() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("hinomi-intel"));
    }

    @Test
    void theTopicIsReadToItsEndFirstAndFollowedThenByOneThreadForAll() {
        LiveIntel source = new LiveIntel(servers);
        try (Topic topic = new Topic(servers, Topics.THREAT_INTEL)) {
            for (int i = 0; i < 40; i++) {
                topic.send(Topics.THREAT_INTEL, "live-" + i, indicator("live-" + i, "192.0.2." + i % 256));
            }
            topic.send(Topics.THREAT_INTEL, "live-broken", "{".getBytes(UTF_8));
            topic.send(Topics.THREAT_INTEL, "live-last", indicator("live-last", "203.0.113.250"));
            try (Enrichment first = source.open();
                    Enrichment second = source.open()) {
                assertThat(knows(first, "203.0.113.250")).as("before any wait").isTrue();
                assertThat(knows(second, "192.0.2.7")).isTrue();
                assertThat(first.figures().get("intelRefused")).isEqualTo(1);
                assertThat(first.figures().get("indicators")).isGreaterThanOrEqualTo(41L);
                assertThat(second.figures().get("indicators"))
                        .isEqualTo(first.figures().get("indicators"));

                topic.send(Topics.THREAT_INTEL, "live-new", indicator("live-new", "203.0.113.251"));
                await().atMost(Duration.ofSeconds(60)).until(() -> knows(first, "203.0.113.251"));
                assertThat(knows(second, "203.0.113.251"))
                        .as("one index for all")
                        .isTrue();

                topic.send(Topics.THREAT_INTEL, "live-new", null);
                await().atMost(Duration.ofSeconds(60)).until(() -> !knows(second, "203.0.113.251"));
                first.close();
                first.close();
                topic.send(Topics.THREAT_INTEL, "live-new", indicator("live-new", "203.0.113.252"));
                await("the second still follows")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> knows(second, "203.0.113.252"));
            }
            for (int i = 0; i < 40; i++) {
                topic.send(Topics.THREAT_INTEL, "live-" + i, null);
            }
        }
        // Jobs of other tests in this process may follow another broker's topic, never this one's.
        await().atMost(Duration.ofSeconds(20)).until(() -> !isFollowed());
    }
}
