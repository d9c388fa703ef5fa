package jp.hinomi.alerting.delivery;

import static jp.hinomi.alerting.delivery.OneContact.channels;
import static jp.hinomi.alerting.delivery.OneContact.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import jp.hinomi.alerting.ProxySettings;
import jp.hinomi.alerting.settings.Environment;
import jp.hinomi.city.Channel;
import jp.hinomi.testing.TestCertificate;
import jp.hinomi.testing.TestProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks and chat through the proxy of a city's network: a real one, and real receivers behind it. */
class HttpProxyTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** A documentation address (RFC 5737), public as far as the guard goes: only the proxy leads there. */
    private static final String PUBLIC = "198.51.100.7";

    @TempDir
    private Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private TestProxy proxy;
    private HttpsServer secure;
    private HttpServer plain;

    @BeforeEach
    void start() throws IOException {
        proxy = TestProxy.start();
        secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(
                new HttpsConfigurator(TestCertificate.shared().server()));
        plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (HttpServer server : List.of(secure, plain)) {
            server.createContext("/", exchange -> {
                received.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
        }
        proxy.resolve(TestCertificate.ELSEWHERE, secure.getAddress());
        proxy.resolve("other.hinomi.example", secure.getAddress());
        proxy.resolve(PUBLIC, plain.getAddress());
    }

    @AfterEach
    void stop() {
        proxy.close();
        secure.stop(0);
        plain.stop(0);
    }

    private ProxySettings settings(String... direct) {
        return ProxySettings.of(proxy.host() + ":" + proxy.port(), Optional.empty(), List.of(direct));
    }

    private static SendResult send(ProxySettings settings, String url, Map<String, String> environment, String... allow)
            throws IOException {
        Channel hook = new Channel.Webhook(URI.create(url), Optional.empty());
        Secrets secrets = new Secrets(environment);
        try (HttpSender http = new HttpSender(
                new EgressGuard(List.of(allow)), Optional.of(settings), secrets, SHORT, InstantSource.fixed(NOW))) {
            return new WebhookTransport(http, secrets, channels(hook), InstantSource.fixed(NOW))
                    .send(message(hook, Map.of("a", 1)));
        }
    }

    private SendResult send(String url) throws IOException {
        return send(settings(), url, Map.of());
    }

    @Test
    void whatOnlyTheProxyCanLookUpIsReachedOverTls() throws IOException {
        assertThat(send("https://" + TestCertificate.ELSEWHERE + "/hook")).isInstanceOf(SendResult.Sent.class);
        assertThat(proxy.asked()).containsExactly("CONNECT " + TestCertificate.ELSEWHERE + ":443");
        assertThat(received).containsExactly(TestCertificate.ELSEWHERE + "/hook {\"a\":1}");
    }

    @Test
    void aRequestWithoutTlsIsPassedOnWhole() throws IOException {
        assertThat(send("http://" + PUBLIC + "/hook")).isInstanceOf(SendResult.Sent.class);
        assertThat(proxy.asked()).containsExactly("POST http://" + PUBLIC + "/hook");
        assertThat(received).containsExactly(PUBLIC + "/hook {\"a\":1}");
    }

    /** The proxy would lead there; whoever writes the address must not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.5/",
                "http://169.254.169.254/latest",
                "https://[::ffff:10.0.0.5]/",
                "https://[fd00::1]/",
                "https://metadata.google.internal/",
                "https://intranet/",
                "https://printer.local/",
                "http://receiver.hinomi.example/",
                "https://127.0.0.1/",
                "https://localhost/"
            })
    void whatIsInsideStaysOffLimits(String url) throws IOException {
        String host = URI.create(url).getHost().replaceAll("[\\[\\]]", "");
        proxy.resolve(host, plain.getAddress());
        SendResult result = send(url);
        assertThat(result).as(result.detail()).isInstanceOf(SendResult.Refused.class);
        assertThat(result.detail()).contains("nothing was sent");
        assertThat(proxy.asked()).isEmpty();
        assertThat(received).isEmpty();
    }

    /** A name whose address we know is judged by that, whatever the proxy thinks of it. */
    @Test
    void aNameThatLeadsInsideHereIsNotAskedFor() throws IOException {
        String own = InetAddress.getLocalHost().getHostName();
        proxy.resolve(own, plain.getAddress());
        assertThat(send("https://" + own + "/")).isInstanceOf(SendResult.Refused.class);
        assertThat(proxy.asked()).isEmpty();
    }

    /** Whoever changes what a name means to the proxy gets a handshake, and not a word. */
    @Test
    void whoCannotProveItsNameGetsNothing() throws IOException {
        SendResult result = send("https://other.hinomi.example/hook");
        assertThat(result).isInstanceOf(SendResult.Failed.class);
        assertThat(proxy.asked()).hasSize(1);
        assertThat(received).isEmpty();
    }

    @Test
    void whatTheCityNamesIsAskedFor() throws IOException {
        proxy.resolve("siem.lan", plain.getAddress());
        assertThat(send(settings(), "http://siem.lan/hook", Map.of(), "siem.lan"))
                .isInstanceOf(SendResult.Sent.class);
        assertThat(proxy.asked()).containsExactly("POST http://siem.lan/hook");
    }

    @Test
    void whatNeedsNoProxyGoesStraight() throws IOException {
        String here = "http://127.0.0.1:" + plain.getAddress().getPort() + "/hook";
        // This machine is never the proxy's.
        assertThat(send(settings(), here, Map.of(), "127.0.0.1")).isInstanceOf(SendResult.Sent.class);
        SendResult unknown = send(settings(".hinomi.example"), "https://" + TestCertificate.ELSEWHERE + "/", Map.of());
        assertThat(unknown.detail()).contains("leads nowhere").contains(TestCertificate.ELSEWHERE);
        assertThat(proxy.asked()).isEmpty();
        assertThat(received).hasSize(1);
    }

    /** Its name is let through so that we reach it, not so that others make us. */
    @Test
    void theProxyItselfIsNoReceiver() throws IOException {
        SendResult result = send("http://127.0.0.1:" + proxy.port() + "/");
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void theProxysPasswordIsReadFromWhereTheSettingSays() throws IOException {
        proxy.require("hinomi", "pass-of-proxy");
        String url = "https://" + TestCertificate.ELSEWHERE + "/hook";
        SendResult without = send(url);
        assertThat(without).isInstanceOf(SendResult.Failed.class);
        assertThat(without.detail()).contains("407", "HINOMI_HTTPS_PROXY_USER");
        Path file = Files.writeString(folder.resolve("proxy"), "pass-of-proxy\n");
        Map<String, String> environment = Map.of("HINOMI_HTTPS_PROXY_PASSWORD", "file:" + file, "P", "wrong");
        assertThat(send(with("file:" + file), url, environment)).isInstanceOf(SendResult.Sent.class);
        assertThat(send(with("file:" + file), "http://" + PUBLIC + "/", environment))
                .isInstanceOf(SendResult.Sent.class);
        SendResult wrong = send(with("env:P"), url, environment);
        assertThat(wrong.detail()).contains("407").doesNotContain("wrong");
        assertThat(send(with("env:NOT_SET"), url, environment).detail()).contains("NOT_SET");
        // No channel may name it: it would be told to a receiver.
        assertThat(((Secrets.Lookup.Missing) new Secrets(environment).find("file:" + file)).reason())
                .contains("one of Hinomi's own");
        assertThat(((Secrets.Lookup.Missing) new Secrets(environment).find("env:HINOMI_HTTPS_PROXY_PASSWORD")).reason())
                .contains("one of Hinomi's own");
    }

    private ProxySettings with(String password) {
        return ProxySettings.of(
                proxy.host() + ":" + proxy.port(), Optional.of(new ProxySettings.Login("hinomi", password)), List.of());
    }

    @Test
    void aProxyThatIsDownOrRefusesIsTriedAgain() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        SendResult down = send(
                ProxySettings.of("127.0.0.1:" + free, Optional.empty(), List.of()),
                "https://" + TestCertificate.ELSEWHERE + "/",
                Map.of());
        assertThat(down).isInstanceOf(SendResult.Failed.class);
        assertThat(down.detail()).contains("through the proxy 127.0.0.1:" + free);
        SendResult refused = send("https://nobody.hinomi.example/");
        assertThat(refused).isInstanceOf(SendResult.Failed.class);
        assertThat(refused.detail()).contains("the proxy 127.0.0.1:" + proxy.port() + " answered HTTP 502");
    }

    @Test
    void settingsSayHowTheyAreWritten() {
        ProxySettings settings = Environment.of(Map.of(
                        "HINOMI_HTTPS_PROXY", "proxy.city.example.jp:8080",
                        "HINOMI_HTTPS_PROXY_USER", "hinomi",
                        "HINOMI_HTTPS_PROXY_PASSWORD", "env:PROXY_PASSWORD",
                        "HINOMI_NO_PROXY", "siem.city.example.jp, .soc.example.jp,10.20.0.0/16"))
                .proxy()
                .orElseThrow();
        assertThat(settings.host() + " " + settings.port()).isEqualTo("proxy.city.example.jp 8080");
        assertThat(settings.isFor("hooks.example.com")).isTrue();
        assertThat(settings.isFor("10.21.0.1")).isTrue();
        for (String straight : List.of(
                "siem.city.example.jp",
                "a.SOC.example.jp",
                "soc.example.jp",
                "10.20.9.9",
                "localhost",
                "127.0.0.9",
                "[::1]")) {
            assertThat(settings.isFor(straight)).as(straight).isFalse();
        }
        for (String wrong :
                List.of("proxy", "https://proxy:8080", "user:secret@proxy:8080", "proxy:0", "proxy:99999")) {
            assertThatThrownBy(() ->
                            Environment.of(Map.of("HINOMI_HTTPS_PROXY", wrong)).proxy())
                    .as(wrong)
                    .hasMessageContaining("HINOMI_HTTPS_PROXY");
        }
        assertThatThrownBy(() -> Environment.of(Map.of(
                                "HINOMI_HTTPS_PROXY", "proxy:8080",
                                "HINOMI_HTTPS_PROXY_USER", "hinomi",
                                "HINOMI_HTTPS_PROXY_PASSWORD", "the-secret"))
                        .proxy())
                .hasMessageContaining("env:NAME")
                .hasMessageNotContaining("the-secret");
        assertThat(Environment.of(Map.of()).proxy()).isEmpty();
    }
}
