package jp.hinomi.correlation.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import jp.hinomi.correlation.job.Topic;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.TestKafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a stock cluster: separate processes with nothing but Flink, {@code flink run}, RocksDB, SIGKILL. */
class JobJarIT {
    private static final Path JAR = Path.of("target", "hinomi-job.jar");
    private static final String SOURCE = "city-os-node-01";

    @Test
    void theJarHasEverythingButFlink() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> names = jar.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
            assertThat(names)
                    .contains(
                            "jp/hinomi/correlation/job/CorrelateJob.class",
                            "jp/hinomi/ingest/decode/Decoders.class",
                            "com/espertech/esper/runtime/client/EPRuntimeProvider.class",
                            "org/apache/kafka/clients/producer/KafkaProducer.class",
                            "org/apache/flink/connector/kafka/source/KafkaSource.class")
                    .doesNotContain(
                            "org/apache/flink/runtime/taskmanager/Task.class",
                            "org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class",
                            "org/slf4j/Logger.class")
                    .noneMatch(name -> name.startsWith("META-INF/") && name.endsWith(".SF"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("jp.hinomi.correlation.job.CorrelateJob");
        }
    }

    @Test
    void aStockClusterRunsItAndAKilledTaskManagerLosesNothing(@TempDir Path folder) throws Exception {
        String servers = TestKafka.shared().bootstrapServers();
        try (FlinkProcesses flink = new FlinkProcesses(folder)) {
            flink.startJobManager();
            Process worker = flink.startTaskManager("taskmanager-1");
            await().atMost(Duration.ofSeconds(180))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(flink.overview())
                            .as(flink.log("jobmanager"))
                            .contains("\"slots-available\":2"));
            flink.submit(
                    JAR,
                    "--bootstrap-servers",
                    servers,
                    "--city",
                    Path.of("../examples/city").toAbsolutePath().toString(),
                    "--rules",
                    Path.of("../rules/content").toAbsolutePath().toString(),
                    "--out-of-order",
                    "3",
                    "--parallelism",
                    "2",
                    "--partitions",
                    "2",
                    "--checkpoint-every",
                    "1");
            try (Topic alerts = new Topic(servers, Topics.ALERTS)) {
                send(alerts, "Accepted password for root from 10.10.1.5 port 40000 ssh2");
                await().atMost(Duration.ofSeconds(180))
                        .untilAsserted(() ->
                                assertThat(alerts.alerts("ssh_root_login")).hasSize(1));
                for (int i = 0; i < 3; i++) {
                    send(alerts, "Failed password for maint01 from 203.0.113.90 port 4000" + i + " ssh2");
                }
                // Once this one has alerted, the failures have been read and wait in the operator that dies.
                send(alerts, "Accepted password for root from 10.10.1.6 port 40000 ssh2");
                await().atMost(Duration.ofSeconds(180))
                        .untilAsserted(() ->
                                assertThat(alerts.alerts("ssh_root_login")).hasSize(2));
                worker.destroyForcibly().onExit().join();
                flink.startTaskManager("taskmanager-2");
                for (int i = 3; i < 5; i++) {
                    send(alerts, "Failed password for maint01 from 203.0.113.90 port 4000" + i + " ssh2");
                }
                await().atMost(Duration.ofSeconds(180))
                        .untilAsserted(() -> assertThat(alerts.alerts("ssh_account_brute_force"))
                                .hasSize(1));
                List<Alert> alert = alerts.alerts("ssh_account_brute_force");
                assertThat(alert.get(0).count()).isEqualTo(5);
                assertThat(alert.get(0).evidence()).hasSize(5);
                assertThat(alerts.alerts("ssh_root_login")).hasSize(2);
            }
        }
    }

    private static void send(Topic topic, String message) {
        topic.send(
                Topics.LOGS_CITY_OS, SOURCE, (Instant.now() + " " + SOURCE + " sshd[7]: " + message).getBytes(UTF_8));
    }
}
