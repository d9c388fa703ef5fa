package jp.hinomi.ingest.decode.mapped;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.city.LogFormat;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;

/** Runs the tests that a format's file brings along. Stateless. */
public final class LogFormatTests {
    /** Every test's record arrives then, which matters to times without a year. */
    private static final Instant ARRIVAL = Instant.parse("2026-04-01T00:00:00Z");

    private LogFormatTests() {}

    /** @return what is not as the file expects; empty if all is */
    public static List<Problem> run(LogFormat format, ZoneId zone) {
        MappedDecoder decoder = new MappedDecoder(format, zone, StandardCharsets.UTF_8);
        List<Problem> problems = new ArrayList<>();
        for (LogFormat.Sample test : format.tests()) {
            byte[] line = test.line().getBytes(StandardCharsets.UTF_8);
            Decoding decoding = decoder.decode(new LogRecord(line, null, null, "test", ARRIVAL.toEpochMilli()));
            if (decoding instanceof Decoding.Rejected rejected) {
                if (test.expect().isPresent()) {
                    problems.add(failed(
                            test, "the line is rejected at byte " + rejected.byteOffset() + ": " + rejected.reason()));
                }
            } else if (test.expect().isEmpty()) {
                problems.add(failed(test, "the line is decoded, and should be rejected"));
            } else {
                compare(test, ((Decoding.Decoded) decoding).event(), problems);
            }
        }
        return problems;
    }

    private static void compare(LogFormat.Sample test, SecurityEvent event, List<Problem> problems) {
        for (Map.Entry<String, List<String>> field : test.expect().orElseThrow().entrySet()) {
            List<String> actual = values(event, field.getKey());
            if (!actual.equals(field.getValue())) {
                problems.add(failed(
                        test, field.getKey() + " is " + spelled(actual) + ", expected " + spelled(field.getValue())));
            }
        }
    }

    private static List<String> values(SecurityEvent event, String field) {
        if (field.equals(SecurityEvent.TIMESTAMP)) {
            return List.of(Instant.ofEpochMilli(event.timestampMillis()).toString());
        }
        Object value = event.get(Fields.of(field));
        if (value == null) {
            return List.of();
        }
        return (value instanceof List<?> list ? list : List.of(value))
                .stream().map(Object::toString).toList();
    }

    private static String spelled(List<String> values) {
        return values.isEmpty() ? "missing" : values.size() == 1 ? "'" + values.get(0) + "'" : values.toString();
    }

    private static Problem failed(LogFormat.Sample test, String message) {
        return Problem.error(test.at(), "format-test", message, "correct the format or the test");
    }
}
