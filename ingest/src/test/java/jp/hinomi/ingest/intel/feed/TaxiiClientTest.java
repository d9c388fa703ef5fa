package jp.hinomi.ingest.intel.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import jp.hinomi.events.Indicator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that does what the standard says, of the JDK's own HTTP server. */
class TaxiiClientTest {
    private static final String TYPE = "application/taxii+json;version=2.1";

    @TempDir
    Path folder;

    private HttpServer server;
    private URI address;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private boolean withNext = true;
    private boolean withLast = true;
    private int busy;
    private String authorization = "Basic " + "dXNlcjpzZWNyZXQ=";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Seven indicators, added a minute apart, three to a page. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().toString());
            if (busy-- > 0) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(busy % 2 == 0 ? 503 : 429, -1);
                return;
            }
            if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (!TYPE.equals(exchange.getRequestHeaders().getFirst("Accept"))) {
                exchange.sendResponseHeaders(406, -1);
                return;
            }
            String body = switch (exchange.getRequestURI().getPath()) {
                case "/taxii2/" ->
                    "{\"title\":\"t\",\"default\":\"" + address + "/api1/\",\"api_roots\":[\"/api1/\",\"/api2/\"]}";
                case "/api1/" -> "{\"title\":\"r\",\"versions\":[\"" + TYPE + "\"]}";
                case "/api1/collections/" ->
                    "{\"collections\":[{\"id\":\"c-1\",\"title\":\"High value\",\"alias\":\"high\",\"can_read\":true},"
                            + "{\"id\":\"c-2\",\"title\":\"Other\",\"can_read\":true}]}";
                case "/api2/collections/" -> "{}";
                case "/api1/collections/c-1/objects/" -> page(exchange);
                case "/moved/collections/" -> {
                    exchange.getResponseHeaders().add("Location", "https://elsewhere.example/");
                    exchange.sendResponseHeaders(302, -1);
                    yield null;
                }
                default -> {
                    exchange.sendResponseHeaders(404, -1);
                    yield null;
                }
            };
            if (body != null) {
                exchange.getResponseHeaders().add("Content-Type", TYPE);
                exchange.sendResponseHeaders(200, body.getBytes(UTF_8).length);
                exchange.getResponseBody().write(body.getBytes(UTF_8));
            }
        }
    }

    private String page(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String part : exchange.getRequestURI().getQuery().split("&")) {
            query.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        int first = Integer.parseInt(query.getOrDefault("next", "0"));
        while (first < 7 && query.containsKey("added_after") && added(first).compareTo(query.get("added_after")) <= 0) {
            first++;
        }
        int end = Math.min(7, first + Integer.parseInt(query.get("limit")));
        List<String> objects = new ArrayList<>();
        for (int i = first; i < end; i++) {
            objects.add("{\"type\":\"indicator\",\"id\":\"indicator--" + i
                    + "\",\"pattern\":\"[ipv4-addr:value = '203.0.113." + i
                    + "']\",\"valid_from\":\"2026-04-01T00:00:00Z\"}");
        }
        if (objects.isEmpty()) {
            return "{}";
        }
        if (withLast) {
            exchange.getResponseHeaders().add("X-TAXII-Date-Added-Last", added(end - 1));
        }
        return "{\"more\":" + (end < 7) + (withNext && end < 7 ? ",\"next\":\"" + end + "\"" : "") + ",\"objects\":["
                + String.join(",", objects) + "]}";
    }

    private static String added(int i) {
        return "2026-04-01T00:0" + i + ":00.000000Z";
    }

    @Test
    void collectsAllPagesFromDiscoveryOn() throws IOException {
        TaxiiClient.Collected collected =
                client().collect(address.resolve("/taxii2/"), Optional.of("high"), Optional.empty(), 3, pages -> {});
        assertThat(ids(collected)).hasSize(7);
        assertThat(collected.lastAdded()).contains(added(6));
        assertThat(requests)
                .contains("/taxii2/", "/api1/collections/")
                .endsWith(
                        "/api1/collections/c-1/objects/?limit=3",
                        "/api1/collections/c-1/objects/?limit=3&next=3",
                        "/api1/collections/c-1/objects/?limit=3&next=6");
    }

    @Test
    void goesOnWhereItStopped() throws IOException {
        URI collection = address.resolve("/api1/collections/c-1/");
        assertThat(ids(client().collect(collection, Optional.empty(), Optional.of(added(4)), 100, pages -> {})))
                .containsExactly("indicator--5", "indicator--6");
        TaxiiClient.Collected none =
                client().collect(collection, Optional.empty(), Optional.of(added(6)), 100, pages -> {});
        assertThat(none.pages()).isEmpty();
        assertThat(none.lastAdded()).contains(added(6));
    }

    @Test
    void pagesByDateWhereTheServerSaysNoNext() throws IOException {
        withNext = false;
        assertThat(ids(client().collect(
                                address.resolve("/api1/"),
                                Optional.of("High value"),
                                Optional.empty(),
                                3,
                                pages -> {})))
                .hasSize(7);
        withLast = false;
        assertThatThrownBy(() -> client().collect(
                                address.resolve("/api1/"), Optional.of("c-1"), Optional.empty(), 3, pages -> {}))
                .hasMessageContaining("but not where");
    }

    @Test
    void comesBackWhenTheServerIsBusy() throws IOException {
        busy = 3;
        assertThat(ids(client().collect(
                                address.resolve("/api1/collections/c-1/objects/"),
                                Optional.empty(),
                                Optional.empty(),
                                10,
                                pages -> {})))
                .hasSize(7);
        busy = 100;
        assertThatThrownBy(() -> client().collect(
                                address.resolve("/api1/"), Optional.of("c-1"), Optional.empty(), 3, pages -> {}))
                .hasMessageContaining("busy");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() ->
                        client().collect(address.resolve("/api1/"), Optional.empty(), Optional.empty(), 3, pages -> {}))
                .hasMessageContaining("--collection")
                .hasMessageContaining("c-1 (High value)");
        assertThatThrownBy(() -> client().collect(
                                address.resolve("/api1/"), Optional.of("c-9"), Optional.empty(), 3, pages -> {}))
                .hasMessageContaining("no collection 'c-9'");
        assertThatThrownBy(() -> client().collect(
                                address.resolve("/moved/collections/"),
                                Optional.of("c"),
                                Optional.empty(),
                                3,
                                pages -> {}))
                .hasMessageContaining("302")
                .hasMessageContaining("https://elsewhere.example/");
        assertThatThrownBy(() -> client().collect(
                                URI.create("http://taxii.example.jp/"),
                                Optional.empty(),
                                Optional.empty(),
                                3,
                                pages -> {}))
                .hasMessageContaining("not encrypted")
                .hasMessageContaining("--allow-http");
        authorization = "Bearer other";
        assertThatThrownBy(() -> client().collect(
                                address.resolve("/api1/"), Optional.of("c-1"), Optional.empty(), 3, pages -> {}))
                .hasMessageContaining("401")
                .hasMessageContaining("--user or --token");
    }

    @Test
    void sendsATokenToo() throws IOException {
        authorization = "Bearer t0ken";
        TaxiiClient client = new TaxiiClient(new HttpSource(Optional.of(HttpSource.bearer("t0ken")), false), folder);
        assertThat(ids(client.collect(
                        address.resolve("/api1/collections/c-1/"),
                        Optional.empty(),
                        Optional.empty(),
                        10,
                        pages -> {})))
                .hasSize(7);
    }

    @Test
    void fetchesAFeedOfMisp() throws IOException {
        authorization = null;
        server.removeContext("/");
        server.createContext("/feed/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                String body = path.equals("/feed/manifest.json")
                        ? "{\"aaaa-1\":{\"timestamp\":\"100\"},\"bbbb-2\":{\"timestamp\":\"200\"},\"../x\":{\"timestamp\":\"300\"}}"
                        : "{\"Event\":{\"Attribute\":[{\"uuid\":\"" + path.substring(6, 12)
                                + "\",\"type\":\"ip-dst\",\"value\":\"203.0.113.1\",\"to_ids\":true}]}}";
                exchange.sendResponseHeaders(200, body.length());
                exchange.getResponseBody().write(body.getBytes(UTF_8));
            }
        });
        MispServer misp = new MispServer(new HttpSource(Optional.empty(), false), folder);
        MispServer.Collected all = misp.collect(address.resolve("/feed"), Map.of(), events -> {});
        assertThat(all.events()).hasSize(2);
        assertThat(all.versions()).containsOnlyKeys("aaaa-1", "bbbb-2");
        List<String> ids = new ArrayList<>();
        FeedFormat.MISP.read(
                all.events(),
                new FeedSink(FeedSettings.of("m", 0), indicator -> ids.add(indicator.id()), problem -> {}));
        assertThat(ids).containsExactly("m:aaaa-1", "m:bbbb-2");
        assertThat(misp.collect(
                                address.resolve("/feed/"),
                                Map.of("aaaa-1", all.versions().get("aaaa-1")),
                                events -> {})
                        .events())
                .hasSize(1);
    }

    private TaxiiClient client() {
        return new TaxiiClient(new HttpSource(Optional.of(HttpSource.basic("user", "secret")), false), folder);
    }

    private static List<String> ids(TaxiiClient.Collected collected) throws IOException {
        List<String> ids = new ArrayList<>();
        StixFeed.read(
                collected.pages(),
                new FeedSink(FeedSettings.of("t", 0), (Indicator indicator) -> ids.add(indicator.id()), problem -> {
                    throw new AssertionError(problem);
                }));
        return ids;
    }
}
