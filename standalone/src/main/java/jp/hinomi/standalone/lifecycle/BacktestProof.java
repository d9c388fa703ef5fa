package jp.hinomi.standalone.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.standalone.backtest.BacktestJson;

/** A report of {@code rules backtest --json} as the proof for a promotion. Immutable. */
public final class BacktestProof {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;
    private final String sha256;
    private final JsonNode log;
    private final Map<String, JsonNode> rules = new LinkedHashMap<>();
    private final double mostPerDay;

    /**
     * What of the report is kept in the history of a rule.
     *
     * @param sha256 of the report, in hex, so that it can be found again
     * @param from time of the first event of the logs, as text
     * @param perDay alerts of the rule
     * @param mostPerDay that were allowed
     */
    public record Summary(
            String file,
            String sha256,
            String from,
            String to,
            double days,
            long events,
            double perDay,
            double mostPerDay) {
        ObjectNode toJson() {
            return MAPPER.createObjectNode()
                    .put("file", file)
                    .put("sha256", sha256)
                    .put("from", from)
                    .put("to", to)
                    .put("days", days)
                    .put("events", events)
                    .put("alerts_per_day", perDay)
                    .put("most_per_day", mostPerDay);
        }

        static Summary of(JsonNode json) {
            return new Summary(
                    json.required("file").asText(),
                    json.required("sha256").asText(),
                    json.required("from").asText(),
                    json.required("to").asText(),
                    json.required("days").asDouble(),
                    json.required("events").asLong(),
                    json.required("alerts_per_day").asDouble(),
                    json.required("most_per_day").asDouble());
        }
    }

    private BacktestProof(String file, String sha256, JsonNode json) {
        this.file = file;
        this.sha256 = sha256;
        this.log = json.path("log");
        this.mostPerDay = json.path("most_per_day").asDouble();
        json.path("rules").forEach(rule -> rules.put(rule.path("name").asText(), rule));
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no such report; the message says what was expected
     */
    public static BacktestProof read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw notAReport(file, e);
        }
        if (!json.path("format").asText().equals(BacktestJson.FORMAT)) {
            throw notAReport(file, null);
        }
        return new BacktestProof(String.valueOf(file.getFileName()), sha256(bytes), json);
    }

    private static IllegalArgumentException notAReport(Path file, IOException cause) {
        return new IllegalArgumentException(
                file + " is no report of a backtest: 'hinomi rules backtest --json … > FILE' writes one (format "
                        + BacktestJson.FORMAT + ")",
                cause);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean has(String rule) {
        return rules.containsKey(rule) && rules.get(rule).has("version");
    }

    /** Empty if the report does not have the rule. */
    String version(String rule) {
        return has(rule) ? rules.get(rule).path("version").asText() : "";
    }

    boolean isClean(String rule) {
        return has(rule) && rules.get(rule).path("clean").asBoolean(false);
    }

    /** What keeps it from being clean, in the report's words. */
    List<String> doubts(String rule) {
        List<String> doubts = new ArrayList<>();
        if (has(rule)) {
            rules.get(rule).path("not_clean").forEach(doubt -> doubts.add(doubt.asText()));
        }
        return doubts;
    }

    public Summary summary(String rule) {
        return new Summary(
                file,
                sha256,
                log.path("from").asText(),
                log.path("to").asText(),
                log.path("days").asDouble(),
                log.path("events").asLong(),
                rules.get(rule).path("after_per_day").asDouble(),
                mostPerDay);
    }
}
