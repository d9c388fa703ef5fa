package jp.hinomi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    @TempDir
    Path folder;

    private EmbeddedKafka start() {
        return EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
    }

    @Test
    void keeps_records_over_a_restart_and_stamps_them_itself() throws Exception {
        try (EmbeddedKafka kafka = start()) {
            KafkaRecords.createTopic(kafka.bootstrapServers(), "logs");
            KafkaRecords.write(kafka.bootstrapServers(), "logs", 1, "first");
        }
        try (EmbeddedKafka kafka = start()) {
            KafkaRecords.write(kafka.bootstrapServers(), "logs", 1, "second");
            assertThat(KafkaRecords.readAll(kafka.bootstrapServers(), "logs"))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("first", "second");
            assertThat(KafkaRecords.readAll(kafka.bootstrapServers(), "logs")
                            .get(0)
                            .timestamp())
                    .isCloseTo(System.currentTimeMillis(), within(120_000L));
        }
    }

    @Test
    void takes_records_of_four_mebibytes() throws Exception {
        try (EmbeddedKafka kafka = start()) {
            KafkaRecords.createTopic(kafka.bootstrapServers(), "logs");
            KafkaRecords.write(kafka.bootstrapServers(), "logs", 1, "x".repeat(4 * 1024 * 1024));
            assertThat(KafkaRecords.readAll(kafka.bootstrapServers(), "logs")).hasSize(1);
        }
    }

    @Test
    void resumes_after_its_process_was_killed() throws Exception {
        try (ChildProcess child = ChildProcess.start(KafkaChild.class, folder.toString())) {
            child.kill();
        }
        try (EmbeddedKafka kafka = start()) {
            KafkaRecords.write(kafka.bootstrapServers(), "logs", 1, "written after the kill");
            assertThat(KafkaRecords.readAll(kafka.bootstrapServers(), "logs"))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("written before the kill", "written after the kill");
        }
    }

    @Test
    void refuses_a_folder_that_another_process_uses_and_names_it() throws Exception {
        try (ChildProcess child = ChildProcess.start(KafkaChild.class, folder.toString())) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("in use by another process (pid " + child.pid() + ")");
        }
    }

    @Test
    void refuses_a_folder_that_this_process_uses_and_leaves_the_first_in_peace() throws Exception {
        try (EmbeddedKafka kafka = start()) {
            assertThatThrownBy(this::start).isInstanceOf(CannotStartException.class);
            assertThatThrownBy(this::start).hasMessageContaining("in use");
            KafkaRecords.createTopic(kafka.bootstrapServers(), "still-works");
        }
    }

    @Test
    void refuses_a_taken_port_and_leaves_the_folder_free() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, taken.getLocalPort())))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("another port");
        }
        FolderLock.take(folder).close();
    }

    @Test
    void refuses_a_folder_that_cannot_be_made() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafka.Settings(file.resolve("kafka"), 0)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("cannot write to the folder " + file.resolve("kafka"));
    }
}
