package jp.hinomi.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alerts as JSON: the value of the {@code alerts} topic and what {@code hinomi detect} prints. Evidence is the event's own
 * flat JSON with the key {@code matched} added. Stateless and thread-safe.
 */
public final class AlertJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AlertJson() {}

    /** One line of UTF-8 JSON, without the line end. Keys come in a fixed order, so equal alerts give equal bytes. */
    public static byte[] write(Alert alert) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", alert.id());
            json.writeNumberField("revision", alert.revision());
            json.writeStringField("time", EventJson.time(alert.time()));
            json.writeStringField("first", EventJson.time(alert.first()));
            json.writeStringField("last", EventJson.time(alert.last()));
            json.writeNumberField("count", alert.count());
            writeRule(json, alert.rule());
            json.writeStringField("severity", alert.severity().word());
            json.writeStringField("tlp", alert.tlp().word());
            json.writeObjectFieldStart("group");
            for (Map.Entry<String, String> entry : alert.group().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("evidence");
            for (Alert.Evidence evidence : alert.evidence()) {
                json.writeStartObject();
                EventJson.writeFields(json, evidence.event());
                json.writeFieldName("matched");
                writeStrings(json, evidence.matched());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("resources");
            for (Alert.AffectedResource resource : alert.resources()) {
                json.writeStartObject();
                json.writeStringField("id", resource.id());
                json.writeStringField("part", resource.part().word());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeFieldName("indicators");
            MAPPER.writeValue(json, alert.indicators());
            json.writeFieldName("not_evaluable");
            writeStrings(json, alert.notEvaluable());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void writeRule(JsonGenerator json, Alert.Rule rule) throws IOException {
        json.writeObjectFieldStart("rule");
        json.writeStringField("id", rule.id());
        json.writeStringField("name", rule.name());
        json.writeStringField("version", rule.version());
        writeTexts(json, "title", rule.title());
        json.writeStringField("level", rule.level().word());
        json.writeFieldName("tags");
        writeStrings(json, rule.tags());
        if (!rule.response().isEmpty()) {
            writeTexts(json, "response", rule.response());
        }
        if (!rule.status().isEmpty()) {
            json.writeStringField("status", rule.status());
        }
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, List<String> strings) throws IOException {
        json.writeStartArray();
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    /** @throws EventFormatException if the text is not an alert; the message names the missing or wrong key */
    public static Alert read(byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw new EventFormatException("not a JSON object: an alert is one", 0);
            }
            JsonNode rule = need(root, "rule");
            List<Alert.Evidence> evidence = new ArrayList<>();
            for (JsonNode item : need(root, "evidence")) {
                List<String> matched = new ArrayList<>();
                try (var parser = MAPPER.treeAsTokens(item)) {
                    parser.nextToken();
                    evidence.add(new Alert.Evidence(EventJson.readObject(parser, "", matched), matched));
                }
            }
            List<Alert.AffectedResource> resources = new ArrayList<>();
            for (JsonNode item : need(root, "resources")) {
                resources.add(new Alert.AffectedResource(text(item, "id"), Alert.Part.ofWord(text(item, "part"))));
            }
            return new Alert(
                    text(root, "id"),
                    need(root, "revision").intValue(),
                    time(root, "time"),
                    time(root, "first"),
                    time(root, "last"),
                    need(root, "count").longValue(),
                    new Alert.Rule(
                            text(rule, "id"),
                            text(rule, "name"),
                            text(rule, "version"),
                            texts(need(rule, "title")),
                            Severity.ofWord(text(rule, "level")),
                            strings(need(rule, "tags")),
                            rule.has("response") ? texts(rule.get("response")) : Map.of(),
                            rule.path("status").asText("")),
                    Severity.ofWord(text(root, "severity")),
                    Tlp.ofWord(text(root, "tlp")),
                    texts(need(root, "group")),
                    evidence,
                    resources,
                    MAPPER.convertValue(need(root, "indicators"), new TypeReference<List<Map<String, Object>>>() {}),
                    strings(need(root, "not_evaluable")));
        } catch (IOException e) {
            throw new EventFormatException("not JSON: " + e.getMessage(), 0);
        } catch (IllegalArgumentException e) {
            throw new EventFormatException(e.getMessage(), 0);
        }
    }

    private static JsonNode need(JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            throw new EventFormatException("an alert needs the key '" + key + "'", 0);
        }
        return value;
    }

    private static String text(JsonNode object, String key) {
        return need(object, key).asText();
    }

    private static long time(JsonNode object, String key) {
        try {
            return OffsetDateTime.parse(text(object, key)).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new EventFormatException("'" + key + "' is not an RFC 3339 time: " + text(object, key), 0);
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }
}
