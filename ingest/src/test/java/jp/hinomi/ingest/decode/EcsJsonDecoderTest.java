package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

class EcsJsonDecoderTest {
    private final DecoderTable table = new DecoderTable("ecs-json");

    @Test
    void dottedNestedAndBoth() {
        table.line(
                "{\"@timestamp\":\"2026-04-01T01:00:00.5Z\",\"source\":{\"ip\":\"2001:DB8::0:7%eth0\",\"port\":\"22\"},\"user.name\":\"alice\",\"event\":{\"category\":[\"authentication\"],\"type\":[\"start\",\"info\"]},\"host\":{\"name\":\"WEB-01\"},\"rule.id\":2001,\"x\":[{\"y\":1},{\"y\":2}],\"n\":null,\"dns.question.name\":\"A.Example.\"}",
                "@timestamp=2026-04-01T01:00:00.500Z",
                "source.ip=2001:db8::7",
                "source.port=22",
                "user.name=alice",
                "event.category=authentication",
                "event.type=[start, info]",
                "host.name=web-01",
                "rule.id=2001",
                "x.y=[1, 2]",
                "n",
                "dns.question.name=a.example",
                "related.ip=2001:db8::7",
                "related.user=alice",
                "related.hosts=web-01",
                "event.kind",
                "tags");
        table.line("{\"@timestamp\":1775005200000}", "@timestamp=2026-04-01T01:00:00Z");
        table.line("{\"@timestamp\":\"2026-04-01T10:00:00\"}", "@timestamp=2026-04-01T01:00:00Z");
    }

    @Test
    void keepsIdOriginalAndTags() {
        SecurityEvent event = table.event(
                "{\"@timestamp\":0,\"event.id\":\"e-1\",\"event.original\":\"raw\",\"tags\":[\"a\",\"b\"],\"source.ip\":\"nowhere\",\"city.source\":\"forged\"}");
        assertThat(event.id()).isEqualTo("e-1");
        assertThat(event.text(Fields.EVENT_ORIGINAL)).isEqualTo("raw");
        assertThat(event.get(Fields.TAGS)).hasToString("[a, b, invalid:source.ip]");
        assertThat(event.has(Fields.SOURCE_IP)).isFalse();
        assertThat(event.text(Fields.CITY_SOURCE)).isEqualTo("src");
    }

    @Test
    void readsWhatHinomiWrites() {
        SecurityEvent event = new DecoderTable("openssh")
                .event("Apr  1 10:00:00 b sshd[1]: Failed password for root from 203.0.113.7 port 4242 ssh2");
        Decoding again = table.decode(EventJson.write(event));
        assertThat(((Decoding.Decoded) again).event()).isEqualTo(event);
    }

    @Test
    void refusesWhatIsNoEvent() {
        table.rejected("{\"a\":1}", "@timestamp");
        table.rejected("{\"@timestamp\":\"soon\"}", "'soon'", "RFC 3339");
        table.rejected("[1]", "one object per line");
        table.rejected("{\"@timestamp\":0}{\"@timestamp\":0}", "more text after");
        table.rejected("{\"@timestamp\":0,", "cut the line");
        table.rejected("null", "not a JSON object");
    }
}
