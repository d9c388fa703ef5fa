package jp.hinomi.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupTest {
    @TempDir
    Path folder;

    @Test
    void createsWhatIsMissingAndPutsRightWhatIsWrong() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.LOGS_IDS, 1, (short) 1)
                            .configs(Map.of("message.timestamp.type", "CreateTime", "max.message.bytes", "1000000"))))
                    .all()
                    .get();
            TopicSetup.ensure(kafka.bootstrapServers(), 3);
            TopicSetup.ensure(kafka.bootstrapServers(), 2);

            assertThat(admin.describeTopics(List.of(Topics.LOGS_IDS))
                            .allTopicNames()
                            .get()
                            .get(Topics.LOGS_IDS)
                            .partitions())
                    .hasSize(3);
            assertThat(admin.describeTopics(List.of(Topics.REJECTS))
                            .allTopicNames()
                            .get()
                            .get(Topics.REJECTS)
                            .partitions())
                    .hasSize(1);
            for (String topic : Topics.LOGS) {
                assertThat(config(admin, topic, "message.timestamp.type"))
                        .as(topic)
                        .isEqualTo("LogAppendTime");
                assertThat(Integer.parseInt(config(admin, topic, "max.message.bytes")))
                        .isGreaterThanOrEqualTo(4 << 20);
            }
            // What nobody replicates is on the disk soon, and alerts before they are acknowledged.
            assertThat(config(admin, Topics.LOGS_IDS, "flush.ms")).isEqualTo("1000");
            assertThat(config(admin, Topics.ALERTS, "flush.messages")).isEqualTo("1");
            for (String topic : List.of(Topics.RULES, Topics.CITY, Topics.THREAT_INTEL)) {
                assertThat(config(admin, topic, "cleanup.policy")).as(topic).isEqualTo("compact");
            }
        }
    }

    @Test
    void refusesNoPartitions() {
        assertThatThrownBy(() -> TopicSetup.ensure("localhost:1", 0)).hasMessageContaining("at least one partition");
    }

    private static String config(Admin admin, String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(key).value();
    }
}
