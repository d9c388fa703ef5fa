package jp.hinomi.alerting.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
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
import jp.hinomi.alerting.ProxySettings;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to whatever the city's files name: to checked addresses only, straight or through a proxy, no redirect followed, no cookie kept, at most
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
    private final CheckedNames names;
    private final Optional<ProxySettings> proxy;
    private final ProxyGuard throughProxy;
    private final Secrets secrets;
    private final Duration atMost;
    private final InstantSource time;

    /**
     * @param proxy absent = straight
     * @param secrets where the proxy's password is found
     * @param timeout of connecting and of each part of the answer
     */
    HttpSender(
            EgressGuard guard, Optional<ProxySettings> proxy, Secrets secrets, Duration timeout, InstantSource time) {
        Timeout each = Timeout.of(timeout);
        this.guard = guard;
        this.names = new CheckedNames(guard);
        this.proxy = proxy;
        this.throughProxy = new ProxyGuard(guard);
        this.secrets = secrets;
        this.atMost = timeout.multipliedBy(2);
        this.time = time;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver())
                        // The JVM's own, which trusts what javax.net.ssl.trustStore says.
                        .setTlsSocketStrategy(DefaultClientTlsStrategy.createSystemDefault())
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
                .setRoutePlanner(routes())
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

    /** The proxy is where whoever runs Hinomi says it is, mostly inside; all else is checked. */
    private DnsResolver resolver() {
        return proxy.<DnsResolver>map(through -> new SystemDefaultDnsResolver() {
                    @Override
                    public InetAddress[] resolve(String host) throws UnknownHostException {
                        return host.equals(through.host()) ? super.resolve(host) : names.resolve(host);
                    }
                })
                .orElse(names);
    }

    private HttpRoutePlanner routes() {
        return new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE) {
            @Override
            protected HttpHost determineProxy(HttpHost target, HttpContext context) {
                return proxy.filter(through -> through.isFor(target.getHostName()))
                        .map(HttpSender::host)
                        .orElse(null);
            }
        };
    }

    private static HttpHost host(ProxySettings proxy) {
        return new HttpHost("http", proxy.host(), proxy.port());
    }

    /** Why it is not asked for; empty if it may be. What goes straight is judged when it is connected to. */
    private Optional<String> refusal(URI url) {
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        if (proxy.get().isFor(url.getHost())) {
            return throughProxy.refusal(url);
        }
        if (url.getHost().equals(proxy.get().host())) {
            // Its name is let through when it is connected to: as a receiver it is one like others.
            try {
                names.check(url.getHost());
            } catch (CheckedNames.Refused e) {
                return Optional.of(e.getMessage());
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** With what the proxy asks for. Absent if that secret is missing, which the answer says. */
    private Optional<HttpAnswer> login(HttpClientContext context) {
        Optional<ProxySettings.Login> login = proxy.flatMap(ProxySettings::login);
        if (login.isEmpty()) {
            return Optional.empty();
        }
        Secrets.Lookup found = secrets.own(login.get().password());
        if (found instanceof Secrets.Lookup.Missing missing) {
            return Optional.of(new HttpAnswer.Unreached("the proxy's password: " + missing.reason()));
        }
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(proxy.get().host(), proxy.get().port()),
                new UsernamePasswordCredentials(
                        login.get().user(),
                        new String(((Secrets.Lookup.Found) found).key(), StandardCharsets.UTF_8).toCharArray()));
        context.setCredentialsProvider(credentials);
        return Optional.empty();
    }

    HttpAnswer send(HttpCall call) {
        URI url = call.url();
        String scheme = url.getScheme();
        if (url.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            return new HttpAnswer.OffLimits("that is not a web address: write https://host/path");
        }
        Optional<String> refused = refusal(url);
        if (refused.isPresent()) {
            return new HttpAnswer.OffLimits(refused.get());
        }
        HttpClientContext context = HttpClientContext.create();
        Optional<HttpAnswer> locked = login(context);
        if (locked.isPresent()) {
            return locked.get();
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
            ClassicHttpResponse response = client.executeOpen(host, request, context);
            Optional<HttpAnswer> stopped = stopped(url, response, context);
            if (stopped.isPresent()) {
                return stopped.get();
            }
            return new HttpAnswer.Answered(
                    response.getCode(), words(response), retryAfter(response), header(response, "Location"));
        } catch (CheckedNames.Refused e) {
            return new HttpAnswer.OffLimits(e.getMessage());
        } catch (UnknownHostException e) {
            String nowhere = viaProxy(url) ? proxy.get().host() + " of the proxy" : url.getHost();
            return new HttpAnswer.Unreached("the name " + nowhere + " leads nowhere");
        } catch (IOException | RuntimeException e) {
            return new HttpAnswer.Unreached((viaProxy(url)
                            ? "through the proxy " + proxy.get().host() + ":"
                                    + proxy.get().port() + ": "
                            : "")
                    + (over.get() ? "no complete answer within " + atMost.toSeconds() + " s" : words(e)));
        } finally {
            end.cancel(false);
            // Ends the connection; closing the answer would wait for the rest of it, however long it is.
            request.abort();
        }
    }

    /** What the proxy says itself is no word of the receiver's: it is set right here, and tried again. */
    private Optional<HttpAnswer> stopped(URI url, ClassicHttpResponse response, HttpClientContext context) {
        // Without TLS to the receiver nobody but the proxy has spoken.
        boolean itself = "https".equals(url.getScheme()) && context.getSSLSession() == null;
        if (!viaProxy(url) || !(itself || response.getCode() == 407)) {
            return Optional.empty();
        }
        String remedy = response.getCode() == 407
                ? ": set HINOMI_HTTPS_PROXY_USER and HINOMI_HTTPS_PROXY_PASSWORD to what it asks for, and start again"
                : " for " + url.getHost() + ": it must let Hinomi through to there";
        return Optional.of(new HttpAnswer.Unreached("the proxy " + proxy.get().host() + ":"
                + proxy.get().port() + " answered HTTP " + response.getCode() + remedy));
    }

    private boolean viaProxy(URI url) {
        return proxy.filter(through -> through.isFor(url.getHost())).isPresent();
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
