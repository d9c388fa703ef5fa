package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import org.junit.jupiter.api.Test;

class EventDraftTest {
    private static Map<String, Object> fields(Consumer<EventDraft> work) {
        EventDraft draft = EventDraft.of("e", "line", 0);
        work.accept(draft);
        Map<String, Object> fields = new TreeMap<>();
        ((Decoding.Decoded) draft.finish()).event().forEach(fields::put);
        fields.remove(Fields.EVENT_ORIGINAL.name());
        return fields;
    }

    @Test
    void urlsAreSplit() {
        String url = "HTTPS://taro:secret@Api.Example.JP:8443/v2/map.tar.gz?q=a#part";
        assertThat(fields(draft -> draft.url(url)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("url.original", url),
                        Map.entry("url.full", url),
                        Map.entry("url.scheme", "https"),
                        Map.entry("url.username", "taro"),
                        Map.entry("url.password", "secret"),
                        Map.entry("url.domain", "api.example.jp"),
                        Map.entry("url.port", 8443L),
                        Map.entry("url.path", "/v2/map.tar.gz"),
                        Map.entry("url.extension", "gz"),
                        Map.entry("url.query", "q=a"),
                        Map.entry("url.fragment", "part"),
                        Map.entry("related.hosts", "api.example.jp")));
        assertThat(fields(draft -> draft.url("-").url("").url(null))).isEmpty();
    }

    @Test
    void hashesAndHardwareAddresses() {
        Field hash = Fields.FILE_HASH_MD5;
        assertThat(fields(draft -> draft.hash(hash, "ABCDEF0123456789ABCDEF0123456789")
                        .hash(hash, "-")
                        .mac(Fields.SOURCE_MAC, "0000.5e00.53af")
                        .mac(Fields.DESTINATION_MAC, "none")))
                .isEqualTo(Map.of(
                        "file.hash.md5", "abcdef0123456789abcdef0123456789",
                        "related.hash", "abcdef0123456789abcdef0123456789",
                        "source.mac", "00-00-5E-00-53-AF"));
    }

    @Test
    void clientAndServerRepeatSourceAndDestination() {
        assertThat(fields(draft -> draft.source("192.0.2.1")
                        .number(Fields.SOURCE_PORT, 40001)
                        .destination("Www.Example.JP")
                        .clientAndServer()))
                .containsEntry("client.address", "192.0.2.1")
                .containsEntry("client.ip", "192.0.2.1")
                .containsEntry("client.port", 40001L)
                .containsEntry("server.address", "Www.Example.JP")
                .containsEntry("server.domain", "www.example.jp")
                .doesNotContainKeys("server.ip", "server.port", "client.bytes");
    }
}
