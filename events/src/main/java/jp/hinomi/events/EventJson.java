package jp.hinomi.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Events as JSON: one flat object with dotted ECS names, arrays for several values. Reading accepts nested objects as
 * well ({@code {"source":{"ip":"…"}}}). Streaming in both directions. Stateless and thread-safe.
 */
public final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Deeper nesting than any ECS document has; the bound keeps a hostile one from growing names without end. */
    private static final int MAX_DEPTH = 20;

    private EventJson() {}

    /** One line of UTF-8 JSON, without the line end. */
    public static byte[] write(SecurityEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writeFields(json, event);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    /** Writes id, time and all fields into an object that the caller has started and will end. */
    static void writeFields(JsonGenerator json, SecurityEvent event) throws IOException {
        json.writeStringField(SecurityEvent.ID, event.id());
        json.writeStringField(SecurityEvent.TIMESTAMP, time(event.timestampMillis()));
        if (event.correlationMillis() != event.timestampMillis()) {
            json.writeStringField(CORRELATED_AT, time(event.correlationMillis()));
        }
        try {
            event.forEach((name, value) -> {
                try {
                    json.writeFieldName(name);
                    writeValue(json, value);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Only written where it differs from {@code @timestamp}: an event of a suspect clock, correlated at its append time. */
    static final String CORRELATED_AT = "clock.correlated_at";

    static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else {
            throw new IllegalStateException("not a value of an event: " + value.getClass());
        }
    }

    /**
     * Reads one event.
     *
     * @param idWithout the id of an event that carries no {@code event.id}
     * @throws EventFormatException if the text is not one JSON object with a readable {@code @timestamp}
     */
    public static SecurityEvent read(byte[] json, String idWithout) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new EventFormatException("not a JSON object: an event is one object per line", 0);
            }
            SecurityEvent event = readObject(parser, idWithout, null);
            if (parser.nextToken() != null) {
                throw new EventFormatException(
                        "more text after the event: one object per line",
                        parser.currentTokenLocation().getByteOffset());
            }
            return event;
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            throw new EventFormatException("not JSON: " + e.getOriginalMessage(), at);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    /** Reads an event whose opening brace has been read. {@code matched}, if given, receives the key of that name. */
    static SecurityEvent readObject(JsonParser parser, String idWithout, List<String> matched) throws IOException {
        Reader reader = new Reader(matched);
        reader.object(parser, "", 1);
        if (reader.timestamp == null) {
            throw new EventFormatException(
                    "no @timestamp: every event needs one, as RFC 3339 text or epoch milliseconds",
                    parser.currentLocation().getByteOffset());
        }
        SecurityEvent.Builder builder =
                new SecurityEvent.Builder(reader.id == null ? idWithout : reader.id, reader.timestamp);
        if (reader.correlatedAt != null) {
            builder.correlationMillis(reader.correlatedAt);
        }
        reader.names.forEach(builder::put);
        return builder.build();
    }

    static String time(long millis) {
        return MILLIS.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private static final class Reader {
        final Map<Field, Object> names = new LinkedHashMap<>();
        final List<String> matched;
        String id;
        Long timestamp;
        Long correlatedAt;

        Reader(List<String> matched) {
            this.matched = matched;
        }

        void object(JsonParser parser, String prefix, int depth) throws IOException {
            if (depth > MAX_DEPTH) {
                throw new EventFormatException(
                        "nested deeper than " + MAX_DEPTH + " objects",
                        parser.currentLocation().getByteOffset());
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                String name = prefix.isEmpty() ? key : prefix + "." + key;
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_OBJECT) {
                    object(parser, name, depth + 1);
                } else {
                    value(name, read(parser, name, depth));
                }
            }
        }

        private void value(String name, Object value) throws IOException {
            switch (name) {
                case SecurityEvent.ID -> id = value == null ? null : value.toString();
                case SecurityEvent.TIMESTAMP -> timestamp = value == null ? null : parseTime(value, name);
                case CORRELATED_AT -> correlatedAt = value == null ? null : parseTime(value, name);
                case "matched" -> {
                    if (matched == null) {
                        names.put(Fields.of(name), value);
                    } else if (value instanceof List<?> list) {
                        list.forEach(element -> matched.add(element.toString()));
                    } else if (value != null) {
                        matched.add(value.toString());
                    }
                }
                default -> {
                    if (value != null) {
                        names.put(Fields.of(name), value);
                    }
                }
            }
        }

        private Object read(JsonParser parser, String name, int depth) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return JsonScalar.of(parser);
            }
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    // ECS flattens arrays of objects: the values of each key become one array.
                    Reader inner = new Reader(null);
                    inner.object(parser, name, depth + 1);
                    inner.names.forEach((field, value) -> names.merge(field, value, Reader::append));
                } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                    Object nested = read(parser, name, depth + 1);
                    if (nested instanceof List<?> list) {
                        elements.addAll(list);
                    }
                } else {
                    Object element = JsonScalar.of(parser);
                    if (element != null) {
                        elements.add(element);
                    }
                }
            }
            return elements.isEmpty() ? null : elements;
        }

        private static Object append(Object before, Object value) {
            List<Object> all = new ArrayList<>();
            for (Object part : List.of(before, value)) {
                if (part instanceof List<?> list) {
                    all.addAll(list);
                } else {
                    all.add(part);
                }
            }
            return all;
        }

        private static long parseTime(Object value, String name) {
            if (value instanceof Long millis) {
                return millis;
            }
            try {
                return OffsetDateTime.parse(value.toString()).toInstant().toEpochMilli();
            } catch (DateTimeException e) {
                throw new EventFormatException(
                        name + " is '" + value + "': use RFC 3339 with a zone, such as 2026-04-01T01:02:03.004Z", 0);
            }
        }
    }
}
