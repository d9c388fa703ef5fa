package jp.hinomi.alerting.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to whatever the city's files name: to checked addresses only, no redirect followed, no cookie kept, at most
 * a beginning of the answer read, over in twice the time-out whatever the other side does. Thread-safe.
 */
final class HttpSender implements AutoCloseable {
    /** Bytes of an answer that are read. */
    private static final int READ = 64 * 1024;

    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hinomi-http-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final CloseableHttpClient client;
    private final EgressGuard guard;
    private final Duration atMost;
    private final InstantSource time;

    /** @param timeout of connecting and of each part of the answer */
    HttpSender(EgressGuard guard, Duration timeout, InstantSource time) {
        Timeout each = Timeout.of(timeout);
        this.guard = guard;
        this.atMost = timeout.multipliedBy(2);
        this.time = time;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedNames(guard))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(each)
                                .setSocketTimeout(each)
                                .build())
                        .setMaxConnPerRoute(20)
                        .setMaxConnTotal(60)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(each)
                        .setResponseTimeout(each)
                        .setRedirectsEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                // Each request looks its address up and has it checked: none rides on an older connection.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Hinomi")
                .build();
    }

    HttpAnswer send(HttpCall call) {
        URI url = call.url();
        String scheme = url.getScheme();
        if (url.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            return new HttpAnswer.OffLimits("that is not a web address: write https://host/path");
        }
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), url);
        call.headers().forEach(request::setHeader);
        if (call.body().length > 0) {
            request.setEntity(new ByteArrayEntity(call.body(), null));
        }
        AtomicBoolean over = new AtomicBoolean();
        Future<?> end = CLOCK.schedule(
                () -> {
                    over.set(true);
                    request.abort();
                },
                atMost.toMillis(),
                TimeUnit.MILLISECONDS);
        HttpHost host = new HttpHost(scheme, url.getHost(), url.getPort());
        try {
            ClassicHttpResponse response = client.executeOpen(host, request, HttpClientContext.create());
            return new HttpAnswer.Answered(
                    response.getCode(), words(response), retryAfter(response), header(response, "Location"));
        } catch (CheckedNames.Refused e) {
            return new HttpAnswer.OffLimits(e.getMessage());
        } catch (java.net.UnknownHostException e) {
            return new HttpAnswer.Unreached("the name " + url.getHost() + " leads nowhere");
        } catch (IOException | RuntimeException e) {
            return new HttpAnswer.Unreached(
                    over.get() ? "no complete answer within " + atMost.toSeconds() + " s" : words(e));
        } finally {
            end.cancel(false);
            // Ends the connection; closing the answer would wait for the rest of it, however long it is.
            request.abort();
        }
    }

    /**
     * What can be read. The status has decided already: if the rest stalls or breaks off, sending again would only double
     * what was taken.
     */
    private static String words(ClassicHttpResponse response) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            if (response.getEntity() == null) {
                return "";
            }
            InputStream in = response.getEntity().getContent();
            byte[] buffer = new byte[4096];
            while (read.size() < READ) {
                int n = in.read(buffer, 0, Math.min(buffer.length, READ - read.size()));
                if (n < 0) {
                    break;
                }
                read.write(buffer, 0, n);
            }
        } catch (IOException | RuntimeException e) {
            // What came before counts.
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Seconds or a date (RFC 9110, 10.2.3); more than some hours is nobody's to ask for. */
    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        return header(response, "Retry-After")
                .flatMap(value -> {
                    if (value.matches("\\d{1,9}")) {
                        return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
                    }
                    Instant at = DateUtils.parseStandardDate(value);
                    return Optional.ofNullable(at).map(then -> Duration.between(time.instant(), then));
                })
                .filter(pause -> !pause.isNegative())
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    private static String words(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    EgressGuard guard() {
        return guard;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
