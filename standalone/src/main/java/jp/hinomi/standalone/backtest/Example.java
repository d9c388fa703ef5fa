package jp.hinomi.standalone.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * What is shown of an alert.
 *
 * @param group values by field
 * @param event id of its first evidence
 * @param line that evidence as it was logged; cut if it is long, empty if it is not kept
 */
public record Example(Map<String, String> group, String event, String line) {
    /** Characters of a line. */
    private static final int LONGEST = 400;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Example of(Alert alert) {
        SecurityEvent first =
                alert.evidence().isEmpty() ? null : alert.evidence().get(0).event();
        return new Example(
                alert.group(),
                first == null ? "" : first.id(),
                first == null ? "" : cut(first.text(Fields.EVENT_ORIGINAL)));
    }

    private static String cut(String line) {
        if (line == null) {
            return "";
        }
        String one = line.strip().replaceAll("\\R", " ");
        return one.codePointCount(0, one.length()) <= LONGEST
                ? one
                : one.substring(0, one.offsetByCodePoints(0, LONGEST)) + "…";
    }

    byte[] bytes() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("group", group);
        parts.put("event", event);
        parts.put("line", line);
        try {
            return MAPPER.writeValueAsBytes(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }

    static Example read(byte[] bytes) throws java.io.IOException {
        return MAPPER.readValue(bytes, new TypeReference<>() {});
    }
}
