package jp.hinomi.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of the topic {@code source-health} as JSON. Stateless and thread-safe. */
public final class SourceHealthJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SourceHealthJson() {}

    /** UTF-8, keys in a fixed order; times as in events; what is not known has no key. */
    public static byte[] write(SourceHealth health) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("source", health.source())
                .put("state", health.state().word())
                .put("since", EventJson.time(health.since()))
                .put("time", EventJson.time(health.time()));
        health.lastSeen().ifPresent(seen -> json.put("last_seen", EventJson.time(seen)));
        json.put("per_second", health.perSecond()).put("reject_rate", health.rejectRate());
        health.offsetMillis().ifPresent(offset -> json.put("offset_ms", offset));
        health.spreadMillis().ifPresent(spread -> json.put("spread_ms", spread));
        health.advice().ifPresent(advice -> json.put("advice", advice));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** @throws EventFormatException if it is not what {@link #write} writes */
    public static SourceHealth read(byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            return new SourceHealth(
                    json.required("source").asText(),
                    SourceHealth.State.ofWord(json.required("state").asText()),
                    time(json.required("since")),
                    time(json.required("time")),
                    json.has("last_seen") ? OptionalLong.of(time(json.get("last_seen"))) : OptionalLong.empty(),
                    json.required("per_second").asDouble(),
                    json.required("reject_rate").asDouble(),
                    number(json, "offset_ms"),
                    number(json, "spread_ms"),
                    json.has("advice") ? Optional.of(json.get("advice").asText()) : Optional.empty());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new EventFormatException("not the health of a source: " + e.getMessage(), 0);
        }
    }

    private static OptionalLong number(JsonNode json, String key) {
        return json.has(key) ? OptionalLong.of(json.get(key).asLong()) : OptionalLong.empty();
    }

    private static long time(JsonNode json) {
        return Instant.parse(json.asText()).toEpochMilli();
    }
}
