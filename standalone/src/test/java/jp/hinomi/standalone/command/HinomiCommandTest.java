package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HinomiCommandTest {
    static Stream<List<String>> allCommands() {
        List<List<String>> all = new ArrayList<>();
        collect(HinomiCommand.commandLine(Terminal.system(), Texts.in(Locale.ENGLISH)), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
        all.add(path);
        line.getSubcommands().forEach((name, inner) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(inner, longer, all);
        });
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void every_command_and_option_is_explained_in_both_languages(List<String> path) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
            CommandLine line = HinomiCommand.commandLine(Terminal.system(), Texts.in(locale));
            for (String name : path) {
                line = line.getSubcommands().get(name);
            }
            assertThat(line.getCommandSpec().usageMessage().description())
                    .as("%s in %s", path, locale)
                    .isNotEmpty();
            line.getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(option.description())
                            .as("%s %s in %s", path, option.longestName(), locale)
                            .isNotEmpty());
        }
    }

    @Test
    void wrong_usage_is_two_and_says_what_is_wrong() {
        CommandRun unknown = CommandRun.of("up", "--kafka-prot", "1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--kafka-prot").contains("--kafka-port");
        assertThat(CommandRun.of("decode").code()).isEqualTo(2);
        assertThat(CommandRun.of("rules").code()).isEqualTo(2);
        CommandRun duration = CommandRun.of("up", "--out-of-order", "soon");
        assertThat(duration.code()).isEqualTo(2);
        assertThat(duration.err()).contains("write 500ms, 10s, 5m, 2h or 1d");
    }

    @Test
    void help_is_fine_and_in_the_language_asked_for() {
        CommandRun help = CommandRun.in(Locale.JAPANESE, "detect", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("ログファイルにルールを適用します").contains("--out-of-order");
    }

    @Test
    void channel_test_waits_for_what_comes_of_it(@org.junit.jupiter.api.io.TempDir java.nio.file.Path data)
            throws Exception {
        java.nio.file.Files.createDirectories(data.resolve("secrets"));
        java.nio.file.Files.writeString(data.resolve("secrets/api-token"), "a-token\n");
        java.util.concurrent.atomic.AtomicInteger asked = new java.util.concurrent.atomic.AtomicInteger();
        com.sun.net.httpserver.HttpServer server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean known = "Bearer a-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String answer = path.equals("/api/v1/channels/vendor/noc/email/test")
                    ? "[{\"contact\":\"noc\",\"channel\":\"email\",\"address\":\"noc@vendor.example.jp\",\"id\":7,\"state\":\"pending\"}]"
                    : path.equals("/api/v1/channel-tests/7")
                            ? "{\"id\":7,\"state\":\"" + (asked.incrementAndGet() < 2 ? "pending" : "sent")
                                    + "\",\"attempts\":1,\"latency_ms\":42}"
                            : "{\"status\":404,\"detail\":\"there is no stakeholder\"}";
            byte[] body = answer.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(!known ? 401 : answer.contains("detail") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            CommandRun run =
                    CommandRun.of("channel", "test", "vendor", "noc", "email", "--url", url, "--data", data.toString());
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("noc@vendor.example.jp", "arrived after 42 ms");
            assertThat(asked).hasValue(2);
            CommandRun unknown = CommandRun.of("channel", "test", "nobody", "--url", url, "--data", data.toString());
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.err()).contains("there is no stakeholder");
            java.nio.file.Files.writeString(data.resolve("secrets/api-token"), "another");
            assertThat(CommandRun.of("channel", "test", "vendor", "--url", url, "--data", data.toString())
                            .err())
                    .contains("does not accept the token (HTTP 401)");
        } finally {
            server.stop(0);
        }
    }
}
