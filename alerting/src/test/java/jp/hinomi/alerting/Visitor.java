package jp.hinomi.alerting;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser without scripts: keeps cookies, follows redirects, sends forms. */
public class Visitor {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final TestAlerting hinomi;
    private final String address;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    public Visitor(TestAlerting hinomi, String address) {
        this.hinomi = hinomi;
        this.address = address;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, "text/html, application/json;q=0.9");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String accept)
            throws IOException, InterruptedException {
        return client.send(
                request.header("X-Forwarded-For", address)
                        .header("Accept-Language", "en")
                        .header("Accept", accept)
                        .timeout(TestAlerting.SOON)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** @param path or a whole address */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : hinomi.url(path))));
    }

    /** What it keeps. */
    public Map<String, String> cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .collect(Collectors.toMap(HttpCookie::getName, HttpCookie::getValue));
    }

    /** The path that it ends at. */
    public String open(String path) throws IOException, InterruptedException {
        return get(path).uri().getPath();
    }

    /** A form of the page of the same address. */
    public String post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return post(path, path, fields);
    }

    /** @return the path that it ends at, and the page */
    public String post(String page, String path, Map<String, String> fields) throws IOException, InterruptedException {
        HttpResponse<String> answer = form(page, path, fields);
        return answer.uri().getPath() + " " + answer.body();
    }

    public HttpResponse<String> form(String page, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        return form("POST", page, path, fields);
    }

    /** @param page whose token against forged requests is sent */
    public HttpResponse<String> form(String method, String page, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send(method, token(page), path, fields);
    }

    /** The token against forged requests of a page; good for all forms of the session. */
    public String token(String page) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(get(page).body());
        if (!csrf.find()) {
            throw new IllegalStateException("no form on " + page);
        }
        return csrf.group(1);
    }

    public HttpResponse<String> send(String method, String token, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", token);
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : hinomi.url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                // Of other methods than POST the web server reads no parameters.
                .header("X-CSRF-TOKEN", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** By the button, and by the form of the provider where it shows one. @return the path that it ends at, and the page */
    public String singleSignOn(String name) throws IOException, InterruptedException {
        HttpResponse<String> there =
                send(HttpRequest.newBuilder(URI.create(hinomi.url("/login/with/oidc"))), "text/html");
        Matcher csrf = CSRF.matcher(there.body());
        if (there.uri().getPort() != URI.create(hinomi.url("/")).getPort() && csrf.find()) {
            String form = "username=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&password="
                    + URLEncoder.encode(TestProvider.PASSWORD, StandardCharsets.UTF_8) + "&_csrf=" + csrf.group(1);
            there = send(HttpRequest.newBuilder(there.uri().resolve("/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
        }
        return there.uri().getPath() + " " + there.body();
    }

    public String login(String name, String given) throws IOException, InterruptedException {
        return post("/login", Map.of("username", name, "password", given));
    }
}
