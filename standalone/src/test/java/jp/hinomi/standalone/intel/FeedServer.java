package jp.hinomi.standalone.intel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server whose answers a test changes while it is asked. */
public final class FeedServer implements AutoCloseable {
    /** @param added what a TAXII server says of the last object; null for none */
    private record Answer(int status, String added, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FeedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** From now on, requests for that path and query are answered so; the longest beginning that fits counts. */
    public void say(String beginning, int status, String added, String body) {
        answers.put(beginning, new Answer(status, added, body));
    }

    /** Paths and queries in order. */
    public List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestURI().toString();
            requests.add(asked);
            Answer answer = answers.entrySet().stream()
                    .filter(entry -> asked.startsWith(entry.getKey()))
                    .max(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .orElse(new Answer(404, null, ""));
            if (answer.added() != null) {
                exchange.getResponseHeaders().add("X-TAXII-Date-Added-Last", answer.added());
            }
            exchange.getResponseHeaders().add("Content-Type", "application/taxii+json;version=2.1");
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** A page of a TAXII collection, with an indicator of that address. */
    public static String page(boolean more, String... addresses) {
        StringBuilder objects = new StringBuilder();
        for (String address : addresses) {
            objects.append(objects.isEmpty() ? "" : ",")
                    .append("{\"type\":\"indicator\",\"id\":\"indicator--")
                    .append(address)
                    .append("\",\"pattern\":\"[ipv4-addr:value = '")
                    .append(address)
                    .append("']\",\"valid_from\":\"2026-04-01T00:00:00Z\"}");
        }
        return "{\"more\":" + more + (more ? ",\"next\":\"2\"" : "") + ",\"objects\":[" + objects + "]}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
