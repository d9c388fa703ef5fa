package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.standalone.terminal.Columns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi city versions}: versions of the map in a Hinomi that runs, or what is different in one of them. */
@Command(name = "versions", mixinStandardHelpOptions = true)
final class CityVersionsCommand implements Callable<Integer> {
    private final Context context;
    private final Map<String, String> environment;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "NUMBER")
    private Long number;

    CityVersionsCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        RunningMap map = new RunningMap(api.open(context, environment));
        JsonNode answer = number == null ? map.versions() : map.diff(number);
        if (json) {
            context.terminal().out().println(answer);
        } else if (number == null) {
            answer.forEach(this::version);
        } else {
            change(answer);
        }
        return 0;
    }

    private void version(JsonNode version) {
        String state = version.path("state").asText();
        String word = Columns.padded(context.texts().get("city.version." + state), 14);
        context.terminal()
                .out()
                .println(Columns.padded(version.path("number").asText(), 5)
                        + (state.equals("in-force")
                                ? context.terminal().green(word)
                                : state.equals("draft") ? context.terminal().yellow(word) : word)
                        + Columns.padded(
                                version.path("in_force_from")
                                        .asText(version.path("made_at").asText()),
                                32)
                        + version.path("made_by").asText() + ": "
                        + version.path("reason").asText());
    }

    private void change(JsonNode changes) {
        MapChanges.print(context, changes);
    }
}
