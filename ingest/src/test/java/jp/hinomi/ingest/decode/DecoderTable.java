package jp.hinomi.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/** Lines and what they must become: {@code name=value}, {@code name} for a field that must be missing. */
final class DecoderTable {
    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** The broker's clock in all tables. */
    static final Instant APPENDED = Instant.parse("2026-04-01T01:00:30Z");

    private final Decoder decoder;
    private final Charset charset;

    DecoderTable(String format) {
        this(format, UTF_8);
    }

    DecoderTable(String format, Charset charset) {
        this.decoder = Decoders.of(format, TOKYO, charset);
        this.charset = charset;
    }

    Decoding decode(byte[] line) {
        return decoder.decode(record(line));
    }

    static LogRecord record(byte[] line) {
        return new LogRecord(line, "src", null, "logs.service-0-1", APPENDED.toEpochMilli());
    }

    SecurityEvent event(String line) {
        Decoding decoding = decode(line.getBytes(charset));
        assertThat(decoding).as(line).isInstanceOf(Decoding.Decoded.class);
        return ((Decoding.Decoded) decoding).event();
    }

    /** @param expected {@code @timestamp} included, as an instant */
    void line(String line, String... expected) {
        SecurityEvent event = event(line);
        assertThat(event.id()).isEqualTo("logs.service-0-1");
        assertThat(event.text(Fields.EVENT_ORIGINAL)).isEqualTo(line);
        assertThat(event.text(Fields.CITY_SOURCE)).isEqualTo("src");
        List<String> actual = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (String pair : expected) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            wanted.add(equals < 0 ? name + " missing" : pair);
            Object value = name.equals(SecurityEvent.TIMESTAMP)
                    ? Instant.ofEpochMilli(event.timestampMillis())
                    : event.get(Fields.of(name));
            actual.add(value == null ? name + " missing" : name + '=' + value);
        }
        assertThat(actual).as(line).containsExactlyElementsOf(wanted);
        assertWellFormed(event);
        if (!decoder.format().equals("ecs-json")) {
            assertThat(EcsConformity.faults(event)).as(line).isEmpty();
        }
    }

    /** Every value is of the type that the dictionary gives its field. */
    static void assertWellFormed(SecurityEvent event) {
        event.forEach((name, value) -> {
            Field field = Fields.of(name);
            for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                Class<?> type = switch (field.type()) {
                    case TEXT, ADDRESS, TIME -> field.isExtra() ? Object.class : String.class;
                    case LONG -> Long.class;
                    case DOUBLE -> Double.class;
                    case FLAG -> Boolean.class;
                };
                assertThat(one).as(name).isInstanceOf(type);
                assertThat(one).as(name).isNotInstanceOf(List.class);
            }
        });
    }

    /** @param words that the reason must contain */
    Decoding.Rejected rejected(byte[] line, String... words) {
        Decoding decoding = decode(line);
        assertThat(decoding).isInstanceOf(Decoding.Rejected.class);
        Decoding.Rejected rejected = (Decoding.Rejected) decoding;
        assertThat(rejected.reason()).contains(words).doesNotStartWith(TextDecoder.DEFECT);
        assertThat(rejected.decoder()).isEqualTo(decoder.format());
        assertThat(rejected.byteOffset()).isBetween(0, line.length);
        return rejected;
    }

    Decoding.Rejected rejected(String line, String... words) {
        return rejected(line.getBytes(charset), words);
    }
}
