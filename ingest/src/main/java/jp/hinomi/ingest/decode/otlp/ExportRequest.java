package jp.hinomi.ingest.decode.otlp;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.JsonScalar;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * Reads an {@code ExportLogsServiceRequest} as protobuf's JSON has it, and its {@code AnyValue}s as plain values at once: a tree
 * of them would be three objects for every attribute. One per request.
 */
final class ExportRequest {
    private static final int MAX_ELEMENTS = 512;

    private final JsonParser parser;
    private final List<Entry> entries = new ArrayList<>(1);

    private ExportRequest(JsonParser parser) {
        this.parser = parser;
    }

    /** What several log records share; it may stand behind them in the text. */
    static final class Shared {
        JsonObject attributes = JsonObject.of(Map.of());
        JsonObject scope = JsonObject.of(Map.of());
    }

    /**
     * One log record.
     *
     * @param values its plain members
     * @param body text, number, flag, list or object; null without any
     * @param from where it begins in what the parser reads, in bytes or characters, whichever that is made of
     * @param to where what follows it begins
     */
    record Entry(
            Shared resource, Shared scope, JsonObject values, Object body, JsonObject attributes, int from, int to) {}

    /**
     * @throws com.fasterxml.jackson.core.JacksonException if the text is not JSON
     * @return null if it is JSON and not one object
     */
    static List<Entry> read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        ExportRequest request = new ExportRequest(parser);
        request.members((name, token) -> {
            if (name.equals("resourceLogs")) {
                request.objects(token, request::resourceLogs);
            } else {
                parser.skipChildren();
            }
        });
        return parser.nextToken() == null ? request.entries : null;
    }

    private interface Member {
        /** Leaves the parser at the last token of the member's value. */
        void read(String name, JsonToken token) throws IOException;
    }

    private interface Body {
        void read() throws IOException;
    }

    /** Of the object that has just begun. */
    private void members(Member member) throws IOException {
        String name;
        while ((name = parser.nextFieldName()) != null) {
            member.read(name, parser.nextToken());
        }
    }

    /** The members of an object; anything else is read over. */
    private void object(JsonToken token, Member member) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            members(member);
        } else {
            parser.skipChildren();
        }
    }

    /** The objects of an array; anything else is read over. */
    private void objects(JsonToken token, Body each) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        JsonToken next;
        while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (next == JsonToken.START_OBJECT) {
                each.read();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void resourceLogs() throws IOException {
        Shared resource = new Shared();
        members((name, token) -> {
            switch (name) {
                case "resource" ->
                    object(token, (inner, value) -> {
                        if (inner.equals("attributes")) {
                            resource.attributes = attributes(value);
                        } else {
                            parser.skipChildren();
                        }
                    });
                case "scopeLogs" -> objects(token, () -> scopeLogs(resource));
                default -> parser.skipChildren();
            }
        });
    }

    private void scopeLogs(Shared resource) throws IOException {
        Shared scope = new Shared();
        members((name, token) -> {
            switch (name) {
                case "scope" -> {
                    Map<String, Object> values = new HashMap<>(4);
                    object(token, (inner, value) -> put(values, inner, plain(value)));
                    scope.scope = JsonObject.of(values);
                }
                case "logRecords" -> objects(token, () -> logRecord(resource, scope));
                default -> parser.skipChildren();
            }
        });
    }

    private void logRecord(Shared resource, Shared scope) throws IOException {
        int from = offset(parser.currentTokenLocation());
        Map<String, Object> values = new HashMap<>();
        Object[] body = new Object[1];
        JsonObject[] attributes = {JsonObject.of(Map.of())};
        members((name, token) -> {
            switch (name) {
                case "body" -> body[0] = any(token);
                case "attributes" -> attributes[0] = attributes(token);
                default -> put(values, name, plain(token));
            }
        });
        int to = offset(parser.currentLocation());
        entries.add(new Entry(resource, scope, JsonObject.of(values), body[0], attributes[0], from, to));
    }

    private static int offset(JsonLocation at) {
        return (int) Math.max(at.getByteOffset(), at.getCharOffset());
    }

    private JsonObject attributes(JsonToken token) throws IOException {
        Map<String, Object> pairs = new HashMap<>();
        objects(token, () -> {
            String[] key = new String[1];
            Object[] value = new Object[1];
            members((name, inner) -> {
                if (name.equals("key") && inner == JsonToken.VALUE_STRING) {
                    key[0] = parser.getText();
                } else if (name.equals("value")) {
                    value[0] = any(inner);
                } else {
                    parser.skipChildren();
                }
            });
            if (key[0] != null && pairs.size() < MAX_ELEMENTS) {
                put(pairs, key[0], value[0]);
            }
        });
        return JsonObject.of(pairs);
    }

    /** {@code {"intValue":"7"}} → 7; null if there is nothing, or a kind of value that came later. */
    private Object any(JsonToken token) throws IOException {
        Object[] found = new Object[1];
        object(token, (name, inner) -> {
            Object value = null;
            switch (name) {
                case "stringValue", "boolValue", "doubleValue", "bytesValue" -> value = plain(inner);
                case "intValue" -> value = whole(plain(inner)); // 64 bits are text in protobuf's JSON
                case "arrayValue" -> value = values(inner, false);
                case "kvlistValue" -> value = values(inner, true);
                default -> parser.skipChildren();
            }
            found[0] = value == null ? found[0] : value;
        });
        return found[0];
    }

    /** {@code {"values":[…]}}, of values or of pairs. */
    private Object values(JsonToken token, boolean pairs) throws IOException {
        Object[] found = new Object[1];
        object(token, (name, inner) -> {
            if (!name.equals("values")) {
                parser.skipChildren();
            } else if (pairs) {
                found[0] = attributes(inner);
            } else {
                List<Object> list = new ArrayList<>(4);
                objects(inner, () -> {
                    Object value = any(JsonToken.START_OBJECT);
                    if (value != null && list.size() < MAX_ELEMENTS) {
                        list.add(value);
                    }
                });
                found[0] = list;
            }
        });
        return found[0];
    }

    private static Object whole(Object value) {
        if (value instanceof String text) {
            long number = Numbers.parse(text);
            return number < 0 ? text : (Object) number;
        }
        return value;
    }

    /** Text, number or flag; anything else is read over. */
    private Object plain(JsonToken token) throws IOException {
        if (token.isStructStart()) {
            parser.skipChildren();
            return null;
        }
        return JsonScalar.of(parser);
    }

    private static void put(Map<String, Object> members, String name, Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
