package jp.hinomi.standalone.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The REST API, with the token that {@code up} keeps in its data folder. */
final class ConsoleApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI console;
    private final String token;

    ConsoleApi(URI console, Path data) throws IOException {
        this.console = console;
        this.token = Files.readString(data.resolve("secrets/api-token")).strip();
    }

    List<JsonNode> alerts() throws IOException, InterruptedException {
        List<JsonNode> alerts = new ArrayList<>();
        get("/api/v1/alerts?limit=500").get("items").forEach(alerts::add);
        return alerts;
    }

    JsonNode alert(String id) throws IOException, InterruptedException {
        return get("/api/v1/alerts/" + id);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(console.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + new String(response.body()));
        }
        return MAPPER.readTree(response.body());
    }
}
