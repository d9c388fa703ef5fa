package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

/** One export request may carry many log records. */
class OtlpDecoderTest {
    private static final String ONE = "{\"timeUnixNano\":\"1775005200000000000\",\"body\":{\"stringValue\":\"港 } ]\"}}";
    private static final String TWO =
            "{\"body\" : {\"stringValue\":\"two\"}, \"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":\"7\"}}]}";
    private static final String THREE = "{\"severityNumber\":13,\"body\":{\"stringValue\":\"three\"}}";
    private static final String REQUEST = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + ONE + " , " + TWO
            + "]},{\"logRecords\":[]}],\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"a\"}}]}},"
            + "{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"b\"}}]},\"scopeLogs\":[{\"logRecords\":["
            + THREE + "]}]}]}";

    private final DecoderTable otlp = new DecoderTable("otlp");

    @Test
    void everyLogRecordIsAnEventOfItsOwn() {
        List<SecurityEvent> events = ((Decoding.Decoded) otlp.decode(REQUEST.getBytes(UTF_8))).all();
        assertThat(events)
                .extracting(SecurityEvent::id)
                .containsExactly("logs.service-0-1", "logs.service-0-1#1", "logs.service-0-1#2");
        assertThat(events)
                .extracting(event -> event.text(Fields.EVENT_ORIGINAL))
                .containsExactly(ONE, TWO, THREE);
        assertThat(events).extracting(event -> event.text(Fields.MESSAGE)).containsExactly("港 } ]", "two", "three");
        assertThat(events).extracting(event -> event.text(Fields.SERVICE_NAME)).containsExactly("a", "a", "b");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.text(Fields.CITY_SOURCE)).isEqualTo("src");
            assertThat(EcsConformity.faults(event)).isEmpty();
        });
    }

    @Test
    void autoChoosesForAllOfThem() {
        Decoding.Decoded decoded = (Decoding.Decoded) new DecoderTable("auto").decode(REQUEST.getBytes(UTF_8));
        assertThat(decoded.all())
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.text(Decoders.CHOSEN)).isEqualTo("otlp"));
    }

    @Test
    void aRequestThatNamesItsRecordsTwiceKeepsThem() {
        String odd = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + ONE + "],\"logRecords\":[" + TWO + ","
                + THREE + "]}]}]}";
        List<SecurityEvent> events = ((Decoding.Decoded) otlp.decode(odd.getBytes(UTF_8))).all();
        assertThat(events)
                .extracting(event -> event.text(Fields.EVENT_ORIGINAL))
                .containsExactly(ONE, TWO, THREE);
    }

    @Test
    void recordsKeepTheirOwnWordsWhateverStandsAroundThem() {
        // The name elsewhere, a byte-order mark, a header in front with a brace in it, another character set.
        String elsewhere = REQUEST.replace(
                "{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"b\"}}]},\"scopeLogs\"",
                "{\"scop Logs\"");
        assertThat(elsewhere).contains("scop Logs");
        assertThat(originals(otlp, elsewhere.getBytes(UTF_8))).containsExactly(ONE, TWO);
        assertThat(originals(otlp, ("\uFEFF" + REQUEST + "\r\n").getBytes(UTF_8)))
                .containsExactly(ONE, TWO, THREE);
        String sent = "<134>1 2026-04-01T01:00:00Z collector{1} otel - - - " + REQUEST;
        assertThat(originals(otlp, sent.getBytes(UTF_8))).containsExactly(ONE, TWO, THREE);
        Charset windows = Charset.forName("windows-31j");
        assertThat(((Decoding.Decoded) Decoders.of("otlp", DecoderTable.TOKYO, windows)
                                .decode(DecoderTable.record(REQUEST.getBytes(windows))))
                        .all())
                .extracting(event -> event.text(Fields.EVENT_ORIGINAL))
                .containsExactly(ONE, TWO, THREE);
    }

    private static List<String> originals(DecoderTable table, byte[] record) {
        return ((Decoding.Decoded) table.decode(record))
                .all().stream().map(event -> event.text(Fields.EVENT_ORIGINAL)).toList();
    }

    @Test
    void whatShouldBeAnObjectAndIsNotIsReadOver() {
        for (String odd : List.of("[1,{\"attributes\":[]}]", "\"a\"", "null")) {
            String request = "{\"resourceLogs\":[{\"resource\":" + odd + ",\"scopeLogs\":[{\"scope\":" + odd
                    + ",\"logRecords\":[" + ONE + "]}]}]}";
            assertThat(otlp.event(request).text(Fields.MESSAGE)).as(odd).isEqualTo("港 } ]");
        }
    }

    @Test
    void whatCarriesNoLogIsRefused() {
        otlp.rejected("{\"resourceSpans\":[]}", "no log record", "otlp_json");
        otlp.rejected("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[]}]}]}", "no log record");
        otlp.rejected("{\"resourceLogs\":[", "not JSON", "does not end");
        otlp.rejected("{\"resourceLogs\":[]} x", "not JSON");
    }
}
