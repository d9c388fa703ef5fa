package jp.hinomi.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    @Test
    void nestedObjectsAndArraysOfObjectsAreFlattened() {
        SecurityEvent event = read("""
                {"@timestamp":"2026-04-01T10:02:03.004+09:00","source":{"ip":"203.0.113.7","port":22},
                 "dns":{"answers":[{"data":"192.0.2.1"},{"data":"192.0.2.2"}]},"tags":["a","b"],"user.name":null}""");
        assertThat(event.timestampMillis()).isEqualTo(1_775_005_323_004L);
        assertThat(event.get(Fields.SOURCE_IP)).isEqualTo("203.0.113.7");
        assertThat(event.get(Fields.SOURCE_PORT)).isEqualTo(22L);
        assertThat(event.get(Fields.of("dns.answers.data"))).isEqualTo(List.of("192.0.2.1", "192.0.2.2"));
        assertThat(event.has(Fields.USER_NAME)).isFalse();
        assertThat(event.id()).isEqualTo("file:1");
    }

    @Test
    void whatIsNotAnEventSaysWhyAndWhere() {
        assertThatThrownBy(() -> read("{\"message\":\"x\"}"))
                .isInstanceOf(EventFormatException.class)
                .hasMessageContaining("@timestamp");
        assertThatThrownBy(() -> read("[1]")).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> read("{\"@timestamp\":\"yesterday\"}")).hasMessageContaining("RFC 3339");
        assertThatThrownBy(() -> read("{\"@timestamp\":1} {}")).hasMessageContaining("one object per line");
        assertThatThrownBy(() -> read("{\"a\":".repeat(5000))).isInstanceOf(EventFormatException.class);
        assertThatThrownBy(() -> read("{\"@timestamp\":1,"))
                .isInstanceOfSatisfying(
                        EventFormatException.class,
                        e -> assertThat(e.byteOffset()).isPositive());
    }

    private static SecurityEvent read(String json) {
        return EventJson.read(json.getBytes(StandardCharsets.UTF_8), "file:1");
    }
}
