package jp.hinomi.ingest.intel.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;

/**
 * Fetches documents of feeds over HTTPS, into files. Follows no redirects, because they would carry the credentials
 * elsewhere; waits where the server asks for it (429 and 503 with Retry-After, RFC 9110), for a bounded time. Not
 * thread-safe.
 */
public final class HttpSource {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(120);
    private static final int ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Largest answer, in bytes. */
    static final long MAX_BYTES = 512L << 20;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Optional<String> authorization;
    private final boolean plainHttp;

    /**
     * @param authorization value of the header of that name
     * @param plainHttp whether {@code http:} is allowed to other machines too
     */
    public HttpSource(Optional<String> authorization, boolean plainHttp) {
        this.authorization = authorization;
        this.plainHttp = plainHttp;
    }

    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public static String bearer(String token) {
        return "Bearer " + token;
    }

    /**
     * Fetches a document into a file.
     *
     * @return the answer's headers
     * @throws FeedFormatException if the server does not give it; the message says what to do
     */
    java.net.http.HttpHeaders fetch(URI uri, String accept, Path into) throws IOException {
        check(uri);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Accept", accept)
                .GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        for (int attempt = 1; ; attempt++) {
            HttpResponse<InputStream> response = send(request.build());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status == 200 || status == 206) {
                    save(uri, body, into);
                    return response.headers();
                }
                if ((status != 429 && status != 503) || attempt == ATTEMPTS) {
                    throw refused(uri, status, response.headers());
                }
                pause(response.headers(), attempt);
            }
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new FeedFormatException(
                    "cannot reach " + request.uri() + ": "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + " (is the address right, and may this machine go there?)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedFormatException("interrupted while waiting for " + request.uri(), e);
        }
    }

    private static void save(URI uri, InputStream body, Path into) throws IOException {
        try (OutputStream out = Files.newOutputStream(into)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                total += n;
                if (total > MAX_BYTES) {
                    throw new FeedFormatException(uri + " answers with more than " + (MAX_BYTES >> 20)
                            + " MiB: ask for smaller pages with --page");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static FeedFormatException refused(URI uri, int status, java.net.http.HttpHeaders headers) {
        String what = switch (status) {
            case 301, 302, 303, 307, 308 ->
                "the document is elsewhere, at "
                        + headers.firstValue("location").orElse("an unnamed place")
                        + ": name that address if you trust it";
            case 401 -> "the server wants a login: give --user or --token";
            case 403 -> "this login may not read it: ask the operator of the feed";
            case 404 -> "there is no such document: check the address and --collection";
            case 406, 415 -> "the server does not speak TAXII 2.1 here: check the address";
            case 429, 503 -> "the server is busy: try again later";
            default -> "try again later, or ask the operator of the feed";
        };
        return new FeedFormatException(uri + " answers " + status + ": " + what);
    }

    /** Waits as long as the server asks, seconds or a date; without a word of it a little longer each time. */
    private static void pause(java.net.http.HttpHeaders headers, int attempt) throws IOException {
        Duration wait =
                headers.firstValue("retry-after").map(HttpSource::retryAfter).orElse(Duration.ofSeconds(1L << attempt));
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw new FeedFormatException("the server asks to come back in " + wait.toSeconds() + " s: try again then");
        }
        try {
            Thread.sleep(Math.max(0, wait.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedFormatException("interrupted while waiting for the server", e);
        }
    }

    private static Duration retryAfter(String value) {
        try {
            return value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Duration.ofSeconds(10);
        }
    }

    private void check(URI uri) throws FeedFormatException {
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null || !scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
            throw new FeedFormatException("'" + uri + "' is no web address: write https://…");
        }
        if (scheme.equalsIgnoreCase("http") && !plainHttp && !isThisMachine(uri.getHost())) {
            throw new FeedFormatException("'" + uri
                    + "' is not encrypted, so anybody on the way could change what is detected: use https, or allow it with"
                    + " --allow-http");
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
