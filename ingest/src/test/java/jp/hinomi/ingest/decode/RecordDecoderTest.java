package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.hinomi.ingest.Cities.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.Cities;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private final RecordDecoder decoder = new RecordDecoder(Cities.of(
            source("bastion-01", Topics.LOGS_CITY_OS, "openssh", "UTF-8"),
            source("legacy-01", Topics.LOGS_SERVICE, "openssh", "EUC-JP"),
            source("odd-01", Topics.LOGS_SERVICE, "syslogg", "UTF-8")));

    @Test
    void theSourceDecidesFormatZoneAndCharset() {
        String line = "Apr  1 10:00:00 b app: 失敗";
        SecurityEvent event = decoded(record(line.getBytes(Charset.forName("EUC-JP")), "legacy-01", null));
        assertThat(event.text(Fields.MESSAGE)).isEqualTo("失敗");
        assertThat(event.text(Fields.CITY_SOURCE)).isEqualTo("legacy-01");
        assertThat(Instant.ofEpochMilli(event.timestampMillis())).isEqualTo("2026-04-01T01:00:00Z");
        assertThat(event.id()).isEqualTo("logs.service-3-17");
    }

    @Test
    void theHeaderOverridesTheFormat() {
        byte[] json = "{\"@timestamp\":0,\"user.name\":\"x\"}".getBytes(UTF_8);
        assertThat(decoded(record(json, "bastion-01", "ecs-json")).text(Fields.USER_NAME))
                .isEqualTo("x");
        assertThat(decoded(record(json, "stranger", "ecs-json")).text(Fields.CITY_SOURCE))
                .isEqualTo("stranger");
        assertThat(decoded(record(json, null, "ecs-json")).has(Fields.CITY_SOURCE))
                .isFalse();
    }

    @Test
    void unknownSourcesAndFormatsSayWhatToDo() {
        byte[] any = "x".getBytes(UTF_8);
        assertThat(reason(record(any, null, null))).contains("nobody knows", "key");
        assertThat(reason(record(any, "bastion-1", null))).contains("did you mean 'bastion-01'", "sources.yaml");
        assertThat(reason(record(any, "bastion-01", "ecs-jsn"))).contains("did you mean 'ecs-json'", "header 'format'");
        assertThat(reason(record(any, "odd-01", null))).contains("no format 'syslogg'", "sources.yaml");
    }

    private static LogRecord record(byte[] value, String source, String format) {
        return new LogRecord(value, source, format, "logs.service-3-17", DecoderTable.APPENDED.toEpochMilli());
    }

    private SecurityEvent decoded(LogRecord record) {
        Decoding decoding = decoder.decode(record);
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).event();
    }

    private String reason(LogRecord record) {
        Decoding decoding = decoder.decode(record);
        assertThat(decoding).isInstanceOf(Decoding.Rejected.class);
        return ((Decoding.Rejected) decoding).reason();
    }
}
