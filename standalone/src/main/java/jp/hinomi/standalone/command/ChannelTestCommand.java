package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jp.hinomi.standalone.terminal.Columns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hinomi channel test}: sends a message that says that it is a test, and waits for what comes of it. Exit code 1 if one
 * does not arrive.
 */
@Command(name = "test", mixinStandardHelpOptions = true)
final class ChannelTestCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 90;
    private static final long POLL_MILLIS = 300;

    private final Context context;
    private final Map<String, String> environment;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--address", paramLabel = "ADDRESS")
    private String address;

    @Option(names = "--json")
    private boolean json;

    @Parameters(index = "0", paramLabel = "STAKEHOLDER")
    private String stakeholder;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CONTACT")
    private String contact;

    @Parameters(index = "2", arity = "0..1", paramLabel = "CHANNEL")
    private String channel;

    ChannelTestCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        AlertingApi alerting = api.open(context, environment);
        JsonNode asked = alerting.post(path(), "").body();
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean fine = true;
        for (JsonNode one : asked) {
            ObjectNode result = result(alerting, one, deadline);
            fine &= "sent".equals(result.path("state").asText());
            results.add(result);
            if (!json) {
                context.terminal().out().println(line(result));
            }
        }
        if (json) {
            context.terminal().out().println(results);
        }
        return fine ? 0 : 1;
    }

    private String path() {
        StringBuilder path = new StringBuilder("/api/v1/channels/").append(AlertingApi.part(stakeholder));
        if (contact != null) {
            path.append('/').append(AlertingApi.part(contact));
        }
        if (channel != null) {
            path.append('/').append(AlertingApi.part(channel));
        }
        path.append("/test");
        return address == null
                ? path.toString()
                : path.append("?address=").append(AlertingApi.part(address)).toString();
    }

    private static ObjectNode result(AlertingApi alerting, JsonNode asked, long deadline)
            throws IOException, InterruptedException {
        ObjectNode result = ((ObjectNode) asked).deepCopy();
        while ("pending".equals(result.path("state").asText()) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            JsonNode now =
                    alerting.get("/api/v1/channel-tests/" + asked.path("id").asLong());
            result.setAll((ObjectNode) now);
        }
        return result;
    }

    private String line(ObjectNode result) {
        String state = result.path("state").asText();
        String what = Columns.padded(
                result.path("contact").asText() + "  " + result.path("channel").asText() + " "
                        + result.path("address").asText(),
                60);
        String said = switch (state) {
            case "sent" ->
                context.terminal()
                        .green(context.texts()
                                .get("channel.sent", result.path("latency_ms").asLong()));
            case "refused" ->
                context.terminal()
                        .yellow(context.texts()
                                .get(
                                        "channel.refused",
                                        result.path("reason")
                                                .path(context.texts().locale().getLanguage())
                                                .asText(),
                                        result.path("again").asText()));
            case "pending" ->
                context.terminal()
                        .yellow(context.texts()
                                .get(
                                        "channel.pending",
                                        result.path("attempts").asLong(),
                                        result.path("detail").asText("")));
            default ->
                context.terminal()
                        .red(context.texts()
                                .get("channel.dead", result.path("detail").asText("")));
        };
        return what + "  " + said;
    }
}
