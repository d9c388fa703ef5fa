package jp.hinomi.standalone.mail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.hinomi.standalone.terminal.Texts;

/**
 * Serves the inbox. A mail's HTML comes from outside, so it is shown in a frame without scripts, forms or a right to this
 * page's origin, and the page itself allows no inline script.
 */
final class InboxServer implements AutoCloseable {
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
    private static final String HTML = "text/html; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Mailbox mailbox;
    private final Locale usual;

    private InboxServer(HttpServer server, ExecutorService threads, Mailbox mailbox, Locale usual) {
        this.server = server;
        this.threads = threads;
        this.mailbox = mailbox;
        this.usual = usual;
    }

    static InboxServer start(int port, Mailbox mailbox, Texts texts) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "inbox");
            thread.setDaemon(true);
            return thread;
        });
        InboxServer inbox = new InboxServer(server, threads, mailbox, texts.locale());
        server.setExecutor(threads);
        server.createContext("/", inbox::answer);
        server.start();
        return inbox;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            InboxPage page = new InboxPage(Texts.in(language(exchange)));
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", PAGE_POLICY, "GET");
            } else if (path.length == 2 && path[1].isEmpty()) {
                send(exchange, 200, HTML, PAGE_POLICY, page.list(mailbox.newestFirst(), mailbox.arrived()));
            } else if (path.length == 2 && path[1].equals("arrived")) {
                send(exchange, 200, "text/plain", PAGE_POLICY, Long.toString(mailbox.arrived()));
            } else if (path.length == 2 && List.of("inbox.css", "inbox.js").contains(path[1])) {
                String type = path[1].endsWith("css") ? "text/css" : "text/javascript";
                send(exchange, 200, type, PAGE_POLICY, resource(path[1]));
            } else if (path.length >= 3 && path.length <= 4 && path[1].equals("mail")) {
                mail(exchange, page, path);
            } else {
                send(exchange, 404, HTML, PAGE_POLICY, page.notFound());
            }
        }
    }

    private void mail(HttpExchange exchange, InboxPage page, String[] path) throws IOException {
        Optional<CaughtMail> found =
                path[2].matches("\\d{1,18}") ? mailbox.find(Long.parseLong(path[2])) : Optional.empty();
        if (found.isEmpty()) {
            send(exchange, 404, HTML, PAGE_POLICY, page.notFound());
            return;
        }
        CaughtMail mail = found.get();
        switch (path.length == 3 ? "" : path[3]) {
            case "" -> send(exchange, 200, HTML, PAGE_POLICY, page.mail(mail));
            case "html" -> send(exchange, 200, HTML, MAIL_POLICY, "<base target=\"_blank\">" + mail.html());
            case "source" ->
                send(
                        exchange,
                        200,
                        "text/plain; charset=utf-8",
                        PAGE_POLICY,
                        new String(mail.source(), StandardCharsets.UTF_8));
            default -> send(exchange, 404, HTML, PAGE_POLICY, page.notFound());
        }
    }

    /** The address decides, then the browser, then the terminal in which the demonstration runs. */
    private Locale language(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.contains("lang=ja")) {
            return Locale.JAPANESE;
        }
        if (query.contains("lang=en")) {
            return Locale.ENGLISH;
        }
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Language");
        if (accepted == null) {
            return usual;
        }
        Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), List.of(Locale.JAPANESE, Locale.ENGLISH));
        return best == null ? usual : best;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = InboxServer.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String policy, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
