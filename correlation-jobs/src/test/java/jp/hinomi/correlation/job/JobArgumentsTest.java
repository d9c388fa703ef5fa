package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {
    @Test
    void everyArgumentArrives() {
        JobArguments arguments = JobArguments.parse(new String[] {
            "--bootstrap-servers", "kafka:9092", "--city", "/city", "--rules", "/a", "--rules", "/b",
            "--out-of-order", "3", "--parallelism", "4", "--partitions", "8", "--checkpoint-every", "5",
            "--tick-every", "250", "--events", "false", "--group-id", "g"
        });
        JobSettings settings = arguments.settings();
        assertThat(settings.bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(settings.city()).isEqualTo(Path.of("/city"));
        assertThat(settings.rules()).containsExactly(Path.of("/a"), Path.of("/b"));
        assertThat(settings.outOfOrder()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.parallelism()).isEqualTo(4);
        assertThat(settings.checkpointEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.tickEvery()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.writeEvents()).isFalse();
        assertThat(settings.groupId()).isEqualTo("g");
        assertThat(arguments.partitions()).isEqualTo(8);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThatThrownBy(() -> JobArguments.parse(new String[] {"--city", "/city"}))
                .hasMessageContaining("--bootstrap-servers");
        assertThatThrownBy(() -> JobArguments.parse(new String[] {"--parallelism", "many"}))
                .hasMessageContaining("--parallelism")
                .hasMessageContaining("many");
        assertThatThrownBy(() -> JobArguments.parse(new String[] {"--speed", "9"}))
                .hasMessageContaining("--speed");
        assertThatThrownBy(() -> JobArguments.parse(new String[] {"--city"})).hasMessageContaining("no value");
    }
}
