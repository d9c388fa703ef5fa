package jp.hinomi.alerting.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertConsumerTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    /** Failed while every poll, also an empty one, meant that all is well. No record comes, so no database is needed. */
    @Test
    void saysThatKafkaIsAwayThoughNothingWasToBeRead() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        AlertConsumer consumer =
                new AlertConsumer(kafka.bootstrapServers(), null, null, null, InstantSource.system(), () -> {});
        Thread thread = new Thread(consumer, "consumer");
        thread.setDaemon(true);
        thread.start();
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(consumer.trouble())
                            .hasValueSatisfying(reason -> assertThat(reason).contains(Topics.ALERTS)));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic(Topics.ALERTS, Optional.of(1), Optional.empty())))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            await().atMost(SOON).until(() -> consumer.trouble().isEmpty());
            kafka.close();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(consumer.trouble())
                            .hasValueSatisfying(reason -> assertThat(reason).startsWith("Kafka")));
            kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, port));
            await().atMost(SOON).until(() -> consumer.trouble().isEmpty());
        } finally {
            consumer.stop();
            thread.join(10_000);
            kafka.close();
        }
    }
}
