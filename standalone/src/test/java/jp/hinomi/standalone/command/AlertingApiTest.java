package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of answers that a Hinomi that runs seldom gives; the others are in {@link RunningCommands}. */
class AlertingApiTest {
    @TempDir
    static Path data;

    private static HttpServer server;
    private static volatile int status;
    private static volatile String type;
    private static volatile String body;
    private static volatile String asked;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/api-token"), "hinomi_token");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestHeaders().getFirst("Accept-Language");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            if (status == 429) {
                exchange.getResponseHeaders().add("Retry-After", "17");
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static String problem(int code, String detail) {
        status = code;
        type = "application/problem+json";
        body = "{\"title\":\"x\",\"status\":" + code + ",\"detail\":\"" + detail + "\"}";
        return run(Locale.ENGLISH).err();
    }

    private static CommandRun run(Locale locale) {
        CommandRun run = CommandRun.in(
                locale,
                "alerts",
                "list",
                "--data",
                data.toString(),
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        return run;
    }

    @Test
    void eachRefusalSaysWhatToDo() {
        assertThat(problem(403, "this needs the scope alerts.see"))
                .contains("needs the scope alerts.see", "Account in the console, New token");
        assertThat(problem(429, "too many requests")).contains("too many requests", "Try again in 17 s");
        assertThat(problem(409, "somebody else has changed it: read it again")).contains("read it again");
        assertThat(problem(500, "its log says why")).contains("failed (HTTP 500)", "its log says why");
    }

    @Test
    void refusalsAreAskedForInTheLanguageOfTheCommand() {
        problem(409, "read it again");
        assertThat(asked).isEqualTo("en");
        run(Locale.JAPANESE);
        assertThat(asked).isEqualTo("ja");
    }

    @Test
    void whatIsNotHinomiIsSaidToBeAnother() {
        status = 404;
        type = "text/html";
        body = "<html>nothing here</html>";
        assertThat(run(Locale.ENGLISH).err()).contains("not as Hinomi does", "--url");
        assertThat(run(Locale.JAPANESE).err()).contains("火の見の応答ではありません");
        status = 502;
        assertThat(run(Locale.ENGLISH).err()).contains("HTTP 502", "what stands before it");
    }

    @Test
    void whatBreaksOffIsNotTakenForAnAnswer() throws Exception {
        try (java.net.ServerSocket rude = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> {
                // The client tries a second time.
                while (!rude.isClosed()) {
                    try (Socket caller = rude.accept()) {
                        int begun = caller.getInputStream().read();
                        assertThat(begun).isEqualTo('G');
                    } catch (IOException e) {
                        // The test is over.
                    }
                }
            });
            hangsUp.start();
            CommandRun run = CommandRun.of(
                    "report", "due", "--data", data.toString(), "--url", "http://127.0.0.1:" + rude.getLocalPort());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("cannot be reached").doesNotContain("null");
            rude.close();
            hangsUp.join(10_000);
        }
    }
}
