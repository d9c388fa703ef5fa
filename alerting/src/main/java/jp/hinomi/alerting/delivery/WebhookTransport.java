package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.hinomi.alerting.text.VisibleText;

/**
 * Posts signed JSON. Redirects are refused: a receiver must not be able to point us at somebody else. Thread-safe.
 */
public final class WebhookTransport implements Transport {
    private static final int ANSWER_LIMIT = 300;

    private final HttpClient client;
    private final Secrets secrets;
    private final Duration timeout;
    private final InstantSource clock;

    public WebhookTransport(Secrets secrets, Duration timeout, InstantSource clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.secrets = secrets;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public String channelType() {
        return "webhook";
    }

    @Override
    public SendResult send(Leased message) {
        byte[] body = message.message().orElseThrow().getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(message.address()));
        } catch (IllegalArgumentException e) {
            return new SendResult.Refused("not a web address: " + e.getMessage());
        }
        request.timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Hinomi")
                .header("Idempotency-Key", idempotencyKey(message))
                .header(WebhookSignature.TIMESTAMP_HEADER, timestamp)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (message.secretRef().isPresent()) {
            Secrets.Lookup lookup = secrets.find(message.secretRef().get());
            if (lookup instanceof Secrets.Lookup.Missing missing) {
                return new SendResult.Refused(missing.reason());
            }
            byte[] key = ((Secrets.Lookup.Found) lookup).key();
            request.header(WebhookSignature.SIGNATURE_HEADER, WebhookSignature.of(key, timestamp, body));
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), info -> new FirstBytes(ANSWER_LIMIT));
        try {
            // The request's own time-out ends with the headers; this one bounds a body that never ends, too.
            return judge(answer.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            String words = e.getCause().getMessage();
            String kind = e.getCause().getClass().getSimpleName();
            return new SendResult.Failed(words == null ? kind : kind + ": " + words);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new SendResult.Failed(
                    "no complete answer within " + timeout.multipliedBy(2).toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new SendResult.Failed("stopped while waiting for an answer");
        }
    }

    /** The same for every attempt, and unlike that of any other message of any city. */
    private static String idempotencyKey(Leased message) {
        return UUID.nameUUIDFromBytes((message.id() + "|" + message.idempotencyKey()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static SendResult judge(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new SendResult.Sent("HTTP " + status);
        }
        if (status / 100 == 3) {
            return new SendResult.Refused("HTTP " + status + ": redirects are not followed, enter the final address ("
                    + response.headers().firstValue("Location").orElse("none given") + ")");
        }
        String words = new String(response.body(), StandardCharsets.UTF_8);
        String detail = "HTTP " + status + (words.isBlank() ? "" : ": " + VisibleText.plain(words, ANSWER_LIMIT));
        return status == 410 ? new SendResult.Refused(detail) : new SendResult.Failed(detail, retryAfter(response));
    }

    /** Seconds only; a date is ignored (RFC 9110, 10.2.3 allows both). */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
