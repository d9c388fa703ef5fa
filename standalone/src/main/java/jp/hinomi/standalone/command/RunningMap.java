package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.TreeMap;
import jp.hinomi.city.CityFiles;

/** The responsibility map of a Hinomi that runs, by its API. */
record RunningMap(AlertingApi alerting) {
    private static final String VERSIONS = "/api/v1/map/versions";

    /** Newest first. */
    JsonNode versions() throws IOException {
        return all(VERSIONS);
    }

    CityFiles files(long number) throws IOException {
        TreeMap<String, String> texts = new TreeMap<>();
        alerting.get(VERSIONS + "/" + number)
                .path("files")
                .properties()
                .forEach(file -> texts.put(file.getKey(), file.getValue().asText()));
        return new CityFiles(texts);
    }

    /** The version that was in force then. */
    JsonNode inForce(Instant at) throws IOException {
        return alerting.get("/api/v1/map/in-force?at=" + AlertingApi.part(at.toString()));
    }

    JsonNode diff(long number) throws IOException {
        return alerting.get(VERSIONS + "/" + number + "/diff");
    }

    JsonNode neverAnswered() throws IOException {
        return all("/api/v1/map/never-answered");
    }

    private JsonNode all(String list) throws IOException {
        return JsonNodeFactory.instance
                .arrayNode()
                .addAll(Pages.first(alerting, list + "?limit=" + Pages.MOST, Integer.MAX_VALUE));
    }

    /** @param body the draft as JSON */
    AlertingApi.Answer draft(String body) throws IOException {
        return alerting.post(VERSIONS, body);
    }
}
