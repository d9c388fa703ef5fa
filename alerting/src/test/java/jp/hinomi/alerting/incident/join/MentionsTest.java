package jp.hinomi.alerting.incident.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

class MentionsTest {
    private static Alert alert(Map<String, String> group, List<Map<String, Object>> events, Alert.Part part) {
        List<Alert.Evidence> evidence = new ArrayList<>();
        for (Map<String, Object> fields : events) {
            SecurityEvent.Builder event = new SecurityEvent.Builder("e-" + evidence.size(), 1000);
            fields.forEach((name, value) -> event.put(Fields.of(name), value));
            evidence.add(new Alert.Evidence(event.build(), List.of()));
        }
        return new Alert(
                "a",
                1,
                1000,
                1000,
                1000,
                evidence.size(),
                new Alert.Rule(
                        "r", "r", "1", Map.of("ja", "警報", "en", "alert"), Severity.HIGH, List.of(), Map.of(), ""),
                Severity.HIGH,
                Tlp.AMBER,
                group,
                evidence,
                List.of(new Alert.AffectedResource("api", part)),
                List.of(),
                List.of());
    }

    private static List<String> names(Alert alert) {
        return Mentions.of(alert).stream()
                .map(each -> each.entity().kind().word() + " " + each.entity().value() + (each.central() ? " !" : ""))
                .toList();
    }

    @Test
    void whatTheRuleGroupedByAndWhatEveryEventHasIsCentral() {
        assertThat(names(alert(
                        Map.of("source.ip", "203.0.113.7"),
                        List.of(
                                Map.of("user.name", "MINATO\\Alice", "host.name", "Edge-07."),
                                Map.of("user.name", "alice", "host.name", "edge-08", "source.ip", "203.0.113.7")),
                        Alert.Part.TARGET)))
                .containsExactlyInAnyOrder(
                        "address 203.0.113.7 !", "user alice !", "host edge-07", "host edge-08", "resource api !");
    }

    @Test
    void oneAddressIsOneHoweverItIsWritten() {
        assertThat(names(alert(
                        Map.of("source.ip", "2001:DB8:0:0::1"),
                        List.of(Map.of("source.ip", "2001:db8::1")),
                        Alert.Part.TARGET)))
                .containsExactly("address 2001:db8::1 !", "resource api !");
    }

    @Test
    void whatEverybodyHasIsNoName() {
        assertThat(names(alert(
                        Map.of(),
                        List.of(Map.of(
                                "user.name", "NT AUTHORITY\\SYSTEM",
                                "source.ip", "127.0.0.1",
                                "destination.ip", "fe80::1",
                                "client.ip", "not an address",
                                "host.name", "localhost")),
                        Alert.Part.OBSERVER)))
                .isEmpty();
    }

    @Test
    void hostileNamesAreShownAndLongOnesLeftOut() {
        assertThat(names(alert(
                        Map.of(),
                        List.of(Map.of("user.name", "al\u202eice\u0000", "host.name", "x".repeat(1 << 20))),
                        Alert.Part.OBSERVER)))
                .containsExactly("user al[u+202e]ice[u+0000] !");
    }

    @Test
    void thereAreNeverMoreThanABoundAndTheGroupComesFirst() {
        List<Map<String, Object>> events = IntStream.range(0, 50)
                .<Map<String, Object>>mapToObj(i -> Map.of("host.name", "host-" + i))
                .toList();
        List<String> names = names(alert(Map.of("user.name", "alice"), events, Alert.Part.TARGET));
        assertThat(names).hasSize(Mentions.MOST).startsWith("user alice !");
    }
}
