package jp.hinomi.correlation.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import jp.hinomi.correlation.job.Topic;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
    private static final String SOURCE = "city-os-node-01";

    @TempDir
    private Path folder;

    /** SIGKILL leaves no time to save anything, and a checkpoint that was being written behind. */
    @Test
    void aKilledProcessGoesOnFromItsNewestCompleteCheckpoint() throws Exception {
        String servers = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(servers, 2);
        Process first = child(servers, "first.log");
        try (Topic alerts = new Topic(servers, Topics.ALERTS)) {
            assertThat(running("first.log")).contains("resumed from nothing");
            for (int i = 0; i < 3; i++) {
                failure(alerts, i);
            }
            Path before = await().atMost(Duration.ofSeconds(180))
                    .until(() -> newestCheckpoint(), checkpoint -> checkpoint != null);
            // Two checkpoints later the three failures are state, and Kafka is not read from before them again.
            await().atMost(Duration.ofSeconds(180))
                    .until(() -> newestCheckpoint(), newest -> newest != null && number(newest) >= number(before) + 2);
            first.destroyForcibly().onExit().join();
            Path torn = Files.createDirectories(newestCheckpoint().resolveSibling("chk-99999"));
            Files.write(torn.resolve("_metadata"), new byte[] {1, 2, 3});

            Process second = child(servers, "second.log");
            assertThat(running("second.log")).containsPattern("RUNNING resumed from \\S+chk-\\d{1,4}\\s");
            failure(alerts, 3);
            failure(alerts, 4);
            await().atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertThat(alerts.alerts("ssh_account_brute_force").stream()
                                    .filter(alert ->
                                            "203.0.113.99".equals(alert.group().get("source.ip"))))
                            .singleElement()
                            .satisfies(alert -> assertThat(alert.count()).isEqualTo(5)));
            second.destroyForcibly().onExit().join();
        }
    }

    private static void failure(Topic topic, int number) {
        topic.send(
                Topics.LOGS_CITY_OS,
                SOURCE,
                (Instant.now() + " " + SOURCE + " sshd[7]: Failed password for maint01 from 203.0.113.99 port 4000"
                                + number + " ssh2")
                        .getBytes(UTF_8));
    }

    private Process child(String servers, String log) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.time=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ClusterChild.class.getName(),
                        servers,
                        folder.resolve("flink").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private String running(String log) {
        return await().atMost(Duration.ofSeconds(180))
                .until(() -> Files.readString(folder.resolve(log)), text -> text.contains("RUNNING"));
    }

    private Path newestCheckpoint() {
        return new Checkpoints(folder.resolve("flink").resolve("checkpoints"))
                .newestComplete()
                .orElse(null);
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            LocalCluster.Settings settings = new LocalCluster.Settings(folder, taken.getLocalPort(), 1);
            assertThatThrownBy(() -> LocalCluster.start(settings))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> LocalCluster.start(new LocalCluster.Settings(file.resolve("flink"), 0, 1)))
                .hasMessageContaining(file.toString());
    }

    @Test
    void causesAreOneLineWithoutRepetition() {
        Throwable failure = new IllegalStateException(
                "job failed", new RuntimeException("job failed", new java.io.IOException("disk full\nat once")));
        assertThat(Causes.line(failure)).isEqualTo("job failed ← disk full");
    }
}
