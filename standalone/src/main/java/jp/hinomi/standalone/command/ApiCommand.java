package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.alerting.text.VisibleText;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks a Hinomi that runs, over its API. */
abstract class ApiCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WIDEST = 200;

    private final Context context;
    private final Map<String, String> environment;

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Option(names = "--json")
    private boolean json;

    ApiCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    AlertingApi api() throws IOException {
        return options.open(context, environment);
    }

    Context context() {
        return context;
    }

    boolean json() {
        return json;
    }

    static ObjectNode body() {
        return MAPPER.createObjectNode();
    }

    void line(String text) {
        context.terminal().out().println(text);
    }

    String text(String key, Object... arguments) {
        return context.texts().get(key, arguments);
    }

    static JsonNode textNode(String text) {
        return body().textNode(text);
    }

    /** One line that a terminal can be given, whatever a log contained. */
    static String cell(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : VisibleText.plain(value.asText(), WIDEST);
    }

    /** To the second. */
    static String time(JsonNode value) {
        return value.isTextual()
                ? Instant.parse(value.asText()).truncatedTo(ChronoUnit.SECONDS).toString()
                : "";
    }

    /** Of a text in two languages the reader's. */
    String translated(JsonNode title) {
        JsonNode own = title.path(context.texts().locale().getLanguage());
        return cell(own.isTextual() ? own : title.path("en"));
    }
}
