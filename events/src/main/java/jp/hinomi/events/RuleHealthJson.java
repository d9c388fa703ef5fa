package jp.hinomi.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Records of the topic {@code rule-health} as JSON. Stateless and thread-safe. */
public final class RuleHealthJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long HOUR = 3_600_000;

    private RuleHealthJson() {}

    /** UTF-8, keys in a fixed order; times as in events. */
    public static byte[] write(RuleHealth health) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("rule", health.rule())
                .put("id", health.id())
                .put("version", health.version())
                .put("state", health.state().word())
                .put("since", EventJson.time(health.since()));
        health.until().ifPresent(until -> json.put("until", EventJson.time(until)));
        health.reason().ifPresent(reason -> json.put("reason", reason));
        json.put("matches", health.matches())
                .put("alerts", health.alerts())
                .put("groups", health.groups())
                .put("waiting", health.waiting())
                .put("time_ms", health.timeMillis());
        if (!health.exceptions().isEmpty()) {
            json.put("suppressed", health.suppressed());
            ArrayNode exceptions = json.putArray("exceptions");
            health.exceptions().forEach(each -> write(each, exceptions.addObject()));
        }
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** @throws EventFormatException if it is not what {@link #write} writes */
    public static RuleHealth read(byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            return new RuleHealth(
                    json.required("rule").asText(),
                    json.required("id").asText(),
                    json.required("version").asText(),
                    RuleHealth.State.ofWord(json.required("state").asText()),
                    time(json.required("since")),
                    json.has("until") ? OptionalLong.of(time(json.get("until"))) : OptionalLong.empty(),
                    json.has("reason") ? Optional.of(json.get("reason").asText()) : Optional.empty(),
                    json.required("matches").asLong(),
                    json.required("alerts").asLong(),
                    json.required("groups").asLong(),
                    json.required("waiting").asLong(),
                    json.required("time_ms").asLong(),
                    json.path("suppressed").asLong(),
                    exceptions(json.path("exceptions")));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new EventFormatException("not the health of a rule: " + e.getMessage(), 0);
        }
    }

    private static void write(RuleHealth.Excepted exception, ObjectNode json) {
        json.put("filter", exception.filter());
        exception.owner().ifPresent(owner -> json.put("owner", owner));
        exception.ends().ifPresent(ends -> json.put("ends", EventJson.time(ends)));
        json.put("expired", exception.expired()).put("suppressed", exception.suppressed());
        exception.last().ifPresent(last -> json.put("last", EventJson.time(last)));
        ObjectNode hours = json.putObject("by_hour");
        exception.byHour().forEach((hour, count) -> hours.put(EventJson.time(hour * HOUR), count));
    }

    private static List<RuleHealth.Excepted> exceptions(JsonNode json) {
        List<RuleHealth.Excepted> exceptions = new ArrayList<>();
        for (JsonNode each : json) {
            Map<Long, Long> hours = new TreeMap<>();
            for (Map.Entry<String, JsonNode> hour : each.path("by_hour").properties()) {
                hours.put(
                        Math.floorDiv(Instant.parse(hour.getKey()).toEpochMilli(), HOUR),
                        hour.getValue().asLong());
            }
            exceptions.add(new RuleHealth.Excepted(
                    each.required("filter").asText(),
                    each.has("owner") ? Optional.of(each.get("owner").asText()) : Optional.empty(),
                    each.has("ends") ? OptionalLong.of(time(each.get("ends"))) : OptionalLong.empty(),
                    each.required("expired").asBoolean(),
                    each.required("suppressed").asLong(),
                    each.has("last") ? OptionalLong.of(time(each.get("last"))) : OptionalLong.empty(),
                    hours));
        }
        return exceptions;
    }

    private static long time(JsonNode json) {
        return Instant.parse(json.asText()).toEpochMilli();
    }
}
