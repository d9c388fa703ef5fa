package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.standalone.terminal.Texts;

/** The REST API of a Hinomi that runs. Failures come as {@link IOException} with words for people. Thread-safe. */
final class AlertingApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Texts texts;
    private final URI base;
    private final String token;

    AlertingApi(Texts texts, URI base, String token) {
        this.texts = texts;
        this.base = base;
        this.token = token;
    }

    /** @param status of HTTP: 2xx, or 429 */
    record Answer(int status, JsonNode body) {}

    JsonNode get(String path) throws IOException {
        return send(request(path).GET()).body();
    }

    /** @param body JSON; empty = none */
    Answer post(String path, String body) throws IOException {
        return send("POST", path, body);
    }

    /** @param method {@code POST}, {@code PUT} or {@code PATCH} */
    Answer send(String method, String path, String body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** One part of a path, whatever it contains. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        String root = base.toString();
        return HttpRequest.newBuilder(
                        URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (IOException e) {
            throw new IOException(texts.get("api.unreachable", base, String.valueOf(e.getMessage())), e);
        }
        int status = response.statusCode();
        if (status == 401) {
            throw new IOException(texts.get("api.refused", base, status));
        }
        JsonNode body = json(response.body());
        if (status / 100 == 2 || status == 429 && body.isArray()) {
            return new Answer(status, body);
        }
        throw new IOException(refusal(status, body));
    }

    /** What problem details (RFC 9457) say. */
    private String refusal(int status, JsonNode problem) {
        if (problem.path("problems").isArray()) {
            List<String> problems = new ArrayList<>();
            problem.path("problems")
                    .forEach(one -> problems.add(one.path("file").asText() + ":"
                            + one.path("line").asInt() + ": "
                            + one.path("message").asText() + " — "
                            + one.path("remedy").asText()));
            return String.join(System.lineSeparator(), problems);
        } else if (problem.path("detail").isTextual()) {
            return problem.path("detail").asText();
        }
        return status == 403 ? texts.get("api.refused", base, status) : texts.get("api.failed", base, status);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            // A page of some proxy, not of ours.
            return MAPPER.createObjectNode();
        }
    }
}
