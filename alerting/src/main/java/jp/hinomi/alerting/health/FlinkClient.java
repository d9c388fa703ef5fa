package jp.hinomi.alerting.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Asks Flink's REST API how its jobs fare. Thread-safe. */
public final class FlinkClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Bytes of an answer that are read. */
    private static final int MOST = 4 * 1024 * 1024;

    private static final int MOST_JOBS = 5;
    private static final int MOST_VERTICES = 30;
    private static final int LONGEST_CAUSE = 500;

    private final URI rest;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public FlinkClient(URI rest) {
        this.rest = rest;
    }

    public URI rest() {
        return rest;
    }

    /**
     * Those that run first, then the newest.
     *
     * @throws IOException if Flink does not answer, or not as expected: the message says which address and what happened
     */
    public List<JobHealth> jobs() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        get("/jobs/overview").path("jobs").forEach(all::add);
        all.sort((a, b) -> {
            int running = Boolean.compare(isOver(a), isOver(b));
            return running != 0
                    ? running
                    : Long.compare(
                            b.path("start-time").asLong(), a.path("start-time").asLong());
        });
        List<JobHealth> jobs = new ArrayList<>();
        for (JsonNode job : all.subList(0, Math.min(MOST_JOBS, all.size()))) {
            jobs.add(job(job));
        }
        return jobs;
    }

    private static boolean isOver(JsonNode job) {
        return job.path("end-time").asLong() > 0;
    }

    private JobHealth job(JsonNode overview) throws IOException {
        String id = overview.path("jid").asText();
        String path = "/jobs/" + id;
        JsonNode checkpoints = get(path + "/checkpoints");
        JsonNode newest = checkpoints.path("latest").path("completed");
        JsonNode failures = get(path + "/exceptions?maxExceptions=1");
        boolean over = isOver(overview);
        return new JobHealth(
                id,
                overview.path("name").asText(),
                overview.path("state").asText(),
                Instant.ofEpochMilli(overview.path("start-time").asLong()),
                over ? OptionalLong.empty() : restarts(path),
                checkpoints.path("counts").path("completed").asLong(),
                checkpoints.path("counts").path("failed").asLong(),
                newest.isObject()
                        ? Optional.of(new JobHealth.Checkpoint(
                                newest.path("id").asLong(),
                                Instant.ofEpochMilli(
                                        newest.path("latest_ack_timestamp").asLong()),
                                Duration.ofMillis(
                                        newest.path("end_to_end_duration").asLong()),
                                newest.path("state_size").asLong()))
                        : Optional.empty(),
                failure(failures),
                over ? List.of() : vertices(path));
    }

    private static Optional<JobHealth.Failure> failure(JsonNode exceptions) {
        JsonNode newest = exceptions.path("exceptionHistory").path("entries").path(0);
        if (!newest.isObject()) {
            return Optional.empty();
        }
        String cause = newest.path("stacktrace")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
                .reduce((above, below) -> below.startsWith("Caused by: ") ? below.substring(11) : above)
                .orElse(newest.path("exceptionName").asText());
        return Optional.of(new JobHealth.Failure(
                Instant.ofEpochMilli(newest.path("timestamp").asLong()),
                cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) + "…" : cause));
    }

    private OptionalLong restarts(String path) throws IOException {
        for (JsonNode metric : get(path + "/metrics?get=numRestarts")) {
            return OptionalLong.of(Math.max(0, metric.path("value").asLong()));
        }
        return OptionalLong.empty();
    }

    private List<JobHealth.Vertex> vertices(String path) throws IOException {
        List<JobHealth.Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : get(path).path("vertices")) {
            if (vertices.size() == MOST_VERTICES) {
                break;
            }
            // The largest of its subtasks: one that is stuck is what matters, not the average.
            JsonNode busy = get(path + "/vertices/" + vertex.path("id").asText()
                    + "/subtasks/metrics?get=busyTimeMsPerSecond,backPressuredTimeMsPerSecond&agg=max");
            vertices.add(new JobHealth.Vertex(
                    vertex.path("name").asText(),
                    vertex.path("parallelism").asInt(),
                    vertex.path("status").asText(),
                    share(busy, "busyTimeMsPerSecond"),
                    share(busy, "backPressuredTimeMsPerSecond")));
        }
        return vertices;
    }

    private static OptionalDouble share(JsonNode metrics, String id) {
        for (JsonNode metric : metrics) {
            double value = metric.path("max").asDouble(Double.NaN);
            if (id.equals(metric.path("id").asText()) && Double.isFinite(value)) {
                return OptionalDouble.of(Math.min(1, Math.max(0, value / 1000)));
            }
        }
        return OptionalDouble.empty();
    }

    private JsonNode get(String path) throws IOException {
        URI uri = URI.create(rest.toString().replaceAll("/$", "") + path);
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MOST);
                if (answer.statusCode() != 200) {
                    throw new IOException(uri + " answered " + answer.statusCode());
                }
                return JSON.readTree(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(uri + ": interrupted", e);
        } catch (IOException e) {
            String message = e.getMessage();
            throw new IOException(
                    message != null && message.startsWith("http")
                            ? message
                            : uri + ": " + (message == null ? e.getClass().getSimpleName() : message),
                    e);
        }
    }
}
