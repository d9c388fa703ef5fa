package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.standalone.terminal.Texts;

/** The REST API of a Hinomi that runs. Failures come as {@link IOException} with words for people. Thread-safe. */
final class AlertingApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] EMPTY = {'{', '}'};
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([A-Za-z0-9._-]+)\"");

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
                .header("Authorization", "Bearer " + token)
                // Why something is refused comes in the words of the command.
                .header("Accept-Language", texts.locale().getLanguage());
    }

    /**
     * @param name that Hinomi gives it
     * @param sha256 of what was submitted; absent of a draft
     */
    record Download(byte[] bytes, Optional<String> name, Optional<String> sha256) {}

    Download download(String path) throws IOException {
        HttpResponse<byte[]> response = exchange(request(path).GET());
        check(response);
        return new Download(
                response.body(),
                response.headers()
                        .firstValue("Content-Disposition")
                        .map(FILE_NAME::matcher)
                        .filter(Matcher::find)
                        .map(name -> name.group(1)),
                response.headers().firstValue("X-Hinomi-Report-Sha256"));
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> response = exchange(request);
        JsonNode body = json(response);
        if (!(response.statusCode() == 429 && body.isArray())) {
            check(response);
        }
        return new Answer(response.statusCode(), body);
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (HttpConnectTimeoutException e) {
            throw new IOException(texts.get("api.unreachable", base, texts.get("api.no-answer")), e);
        } catch (HttpTimeoutException e) {
            throw new IOException(texts.get("api.slow", base, PATIENCE.toSeconds()), e);
        } catch (IOException e) {
            throw new IOException(texts.get("api.unreachable", base, why(e)), e);
        }
    }

    /** A refused connection and a name that leads nowhere come without words. */
    private String why(IOException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            return texts.get("api.no-such-host", base.getHost());
        }
        if (cause instanceof ConnectException || cause instanceof ClosedChannelException) {
            return texts.get("api.nobody-listens");
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Says what was refused and what to do. */
    private void check(HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        JsonNode problem = json(response);
        boolean ofHinomi =
                problem.path("status").isInt() || problem.path("detail").isTextual();
        String detail = detail(problem);
        if (status == 401) {
            throw new IOException(texts.get("api.refused", base));
        } else if (status == 429) {
            throw new IOException(texts.get(
                    "api.too-often",
                    detail,
                    response.headers().firstValue("Retry-After").orElse("60")));
        } else if (!ofHinomi) {
            throw new IOException(texts.get(status / 100 == 5 ? "api.failed" : "api.not-hinomi", base, status));
        } else if (status == 403) {
            throw new IOException(texts.get("api.forbidden", detail));
        } else if (status / 100 == 5) {
            throw new IOException(texts.get("api.broken", base, status, detail));
        }
        throw new IOException(detail.isEmpty() ? texts.get("api.failed", base, status) : detail);
    }

    /** What problem details (RFC 9457) say. */
    private static String detail(JsonNode problem) {
        if (problem.path("problems").isArray()) {
            List<String> problems = new ArrayList<>();
            problem.path("problems")
                    .forEach(one -> problems.add(one.path("file").asText() + ":"
                            + one.path("line").asInt() + ": "
                            + one.path("message").asText() + " — "
                            + one.path("remedy").asText()));
            return String.join(System.lineSeparator(), problems);
        }
        return problem.path("detail").asText();
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return MAPPER.readTree(response.body().length == 0 ? EMPTY : response.body());
        } catch (IOException e) {
            // A page of some proxy, not of ours.
            return MAPPER.createObjectNode();
        }
    }
}
