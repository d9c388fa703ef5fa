package jp.hinomi.correlation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

class AlertRecordsTest {
    private static Alert alert(int events, int characters) {
        List<Alert.Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            evidence.add(new Alert.Evidence(
                    new SecurityEvent.Builder("e" + i, i)
                            .put(Fields.EVENT_ORIGINAL, "x".repeat(characters))
                            .build(),
                    List.of("rule")));
        }
        return new Alert(
                "id",
                1,
                0,
                0,
                events,
                events,
                new Alert.Rule("r", "r", "0", Map.of("en", "r"), Severity.LOW, List.of(), Map.of()),
                Severity.LOW,
                Tlp.AMBER,
                Map.of(),
                evidence,
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void anOrdinaryAlertIsWhole() {
        assertThat(AlertRecords.fitting(alert(50, 1_000))).isEqualTo(AlertJson.write(alert(50, 1_000)));
    }

    @Test
    void oneThatNoTopicWouldTakeLosesItsOldestEvidenceAndKeepsItsCount() {
        Alert read = AlertJson.read(AlertRecords.fitting(alert(50, 1 << 20)));
        assertThat(read.count()).isEqualTo(50);
        assertThat(read.evidence()).isNotEmpty().hasSizeLessThan(4);
        assertThat(read.evidence().get(read.evidence().size() - 1).event().id()).isEqualTo("e49");
    }

    @Test
    void evenASingleEventThatIsTooLongStillAlerts() {
        byte[] json = AlertRecords.fitting(alert(1, 8 << 20));
        assertThat(json).hasSizeLessThan(1 << 20);
        assertThat(AlertJson.read(json).evidence()).hasSize(1);
    }
}
