package jp.hinomi.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
    @Test
    void everyPartOfAnAlertSurvives() {
        Alert alert = alert();
        assertThat(AlertJson.read(AlertJson.write(alert))).isEqualTo(alert);
    }

    @Test
    void theJsonIsTheOneThatConsumersWereTold() {
        assertThat(new String(AlertJson.write(alert()), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"a1\",\"revision\":3,\"time\":\"2026-04-01T01:02:03.004Z\","
                        + "\"first\":\"2026-04-01T01:02:00.000Z\",\"last\":\"2026-04-01T01:02:03.004Z\",\"count\":7,"
                        + "\"rule\":{\"id\":\"r1\",\"name\":\"burst\",\"version\":\"abc\","
                        + "\"title\":{\"en\":\"Burst\",\"ja\":\"総当たり\"},\"level\":\"high\",\"tags\":[\"cps.ae-3\"],"
                        + "\"response\":{\"ja\":\"遮断する\"},\"status\":\"experimental\"},"
                        + "\"severity\":\"critical\",\"tlp\":\"AMBER\","
                        + "\"group\":{\"user.name\":\"root\",\"source.ip\":\"203.0.113.7\"},"
                        + "\"evidence\":[{\"event.id\":\"logs.city-os-0-17\",\"@timestamp\":\"2026-04-01T01:02:03.004Z\","
                        + "\"event.original\":\"line\",\"source.ip\":\"203.0.113.7\",\"matched\":[\"burst\"]}],"
                        + "\"resources\":[{\"id\":\"city-os-api\",\"part\":\"target\"}],"
                        + "\"indicators\":[{\"type\":\"ipv4\"}],\"not_evaluable\":[\"fw-1\"]}");
    }

    @Test
    void whatIsNotAnAlertIsNamed() {
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("'rule'");
        assertThatThrownBy(() -> read("nonsense")).isInstanceOf(EventFormatException.class);
        String wrongLevel = new String(AlertJson.write(alert()), StandardCharsets.UTF_8)
                .replace("\"severity\":\"critical\"", "\"severity\":\"terrible\"");
        assertThatThrownBy(() -> read(wrongLevel))
                .hasMessageContaining("terrible")
                .hasMessageContaining("critical");
    }

    @Test
    void idsDependOnEveryPartAndDoNotRunTogether() {
        String id = AlertIds.of("rule", List.of("a", "b"), "event");
        assertThat(id).hasSize(32).isEqualTo(AlertIds.of("rule", List.of("a", "b"), "event"));
        assertThat(List.of(
                        AlertIds.of("rule", List.of("ab"), "event"),
                        AlertIds.of("rule", List.of("b", "a"), "event"),
                        AlertIds.of("rule", List.of("a", "b"), "event2"),
                        AlertIds.of("rule2", List.of("a", "b"), "event"),
                        AlertIds.of("rule", List.of("a"), "bevent")))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }

    private static Alert read(String json) {
        return AlertJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Alert alert() {
        Map<String, String> group = new LinkedHashMap<>();
        group.put("user.name", "root");
        group.put("source.ip", "203.0.113.7");
        SecurityEvent event = new SecurityEvent.Builder("logs.city-os-0-17", 1_775_005_323_004L)
                .put(Fields.SOURCE_IP, "203.0.113.7")
                .put(Fields.EVENT_ORIGINAL, "line")
                .build();
        return new Alert(
                "a1",
                3,
                1_775_005_323_004L,
                1_775_005_320_000L,
                1_775_005_323_004L,
                7,
                new Alert.Rule(
                        "r1",
                        "burst",
                        "abc",
                        Map.of("en", "Burst", "ja", "総当たり"),
                        Severity.HIGH,
                        List.of("cps.ae-3"),
                        Map.of("ja", "遮断する"),
                        "experimental"),
                Severity.CRITICAL,
                Tlp.AMBER,
                group,
                List.of(new Alert.Evidence(event, List.of("burst"))),
                List.of(new Alert.AffectedResource("city-os-api", Alert.Part.TARGET)),
                List.of(Map.of("type", "ipv4")),
                List.of("fw-1"));
    }
}
