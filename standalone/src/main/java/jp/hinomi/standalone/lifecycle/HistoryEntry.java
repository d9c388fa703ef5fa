package jp.hinomi.standalone.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of {@code history/NAME.jsonl}: a change of a rule's status, by whom, and what it rests on.
 *
 * @param id of the rule, which it keeps when its name changes
 * @param from status before; empty if it had none
 * @param proved version that was tested and backtested
 * @param version that the text with the new status has
 * @param cases that passed
 * @param backtest present if one was needed or given
 * @param inner versions of the rules that a correlation refers to, by name
 */
public record HistoryEntry(
        Instant time,
        String by,
        String rule,
        String id,
        String from,
        String to,
        String proved,
        String version,
        int cases,
        Optional<BacktestProof.Summary> backtest,
        Map<String, String> inner) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public HistoryEntry {
        Objects.requireNonNull(time, "time");
        inner = new LinkedHashMap<>(inner);
    }

    /** One line, without its end. */
    String toLine() {
        ObjectNode json = MAPPER.createObjectNode()
                .put("time", time.toString())
                .put("by", by)
                .put("rule", rule)
                .put("id", id)
                .put("from", from)
                .put("to", to)
                .put("proved", proved)
                .put("version", version);
        ObjectNode proof = json.putObject("proof").put("cases", cases);
        if (!inner.isEmpty()) {
            ObjectNode rules = proof.putObject("rules");
            inner.forEach(rules::put);
        }
        backtest.ifPresent(of -> proof.set("backtest", of.toJson()));
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** @throws IllegalArgumentException if it is not what {@link #toLine} writes */
    static HistoryEntry read(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            JsonNode proof = json.required("proof");
            Map<String, String> inner = new LinkedHashMap<>();
            proof.path("rules")
                    .properties()
                    .forEach(each -> inner.put(each.getKey(), each.getValue().asText()));
            return new HistoryEntry(
                    Instant.parse(json.required("time").asText()),
                    json.required("by").asText(),
                    json.required("rule").asText(),
                    json.required("id").asText(),
                    json.required("from").asText(),
                    json.required("to").asText(),
                    json.required("proved").asText(),
                    json.required("version").asText(),
                    proof.required("cases").asInt(),
                    proof.has("backtest")
                            ? Optional.of(BacktestProof.Summary.of(proof.get("backtest")))
                            : Optional.empty(),
                    inner);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no entry of a history: " + e.getMessage(), e);
        }
    }
}
