package jp.hinomi.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.embedded.EmbeddedKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A Kafka broker for all tests of this process; it ends with it. Stamps records itself (LogAppendTime) and takes 5 MiB.
 * Tests share it, so they use topics of their own. Thread-safe.
 */
public final class TestKafka {
    private final String bootstrapServers;
    private final AtomicInteger topics = new AtomicInteger();

    private TestKafka(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Started at first use. */
    public static TestKafka shared() {
        return Holder.SHARED;
    }

    private static final class Holder {
        private static final TestKafka SHARED = new TestKafka(start());
    }

    private static String start() {
        return Docker.start(
                        "kafka",
                        image -> new KafkaContainer(image)
                                .withEnv("KAFKA_LOG_MESSAGE_TIMESTAMP_TYPE", "LogAppendTime")
                                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "5242880")
                                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"))
                .map(KafkaContainer::getBootstrapServers)
                .orElseGet(TestKafka::startHere);
    }

    private static String startHere() {
        Path folder = TestFolder.create("kafka");
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        TestFolder.removeAtExit(folder, kafka);
        return kafka.bootstrapServers();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Creates a topic that no other test has, and returns its name, which begins with the given word. */
    public String newTopic(String word, int partitions) {
        String name = word + "-" + topics.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            return name;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot create the topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the topic " + name, e);
        }
    }
}
