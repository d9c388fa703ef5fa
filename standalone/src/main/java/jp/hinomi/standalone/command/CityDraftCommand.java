package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jp.hinomi.city.CityFiles;
import jp.hinomi.standalone.CityFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hinomi city draft}: puts a changed map before whoever approves it, in a Hinomi that runs. Approving is for people who are
 * logged in to the console: a token is shared, and would be neither pair of the four eyes.
 */
@Command(name = "draft", mixinStandardHelpOptions = true)
final class CityDraftCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Context context;
    private final Map<String, String> environment;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--reason", required = true, paramLabel = "TEXT")
    private String reason;

    @Option(names = "--csv", paramLabel = "DIR")
    private Path tables;

    @Option(names = "--base", paramLabel = "NUMBER")
    private Long base;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "DIR")
    private Path folder;

    CityDraftCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        RunningMap map = new RunningMap(api.open(context, environment));
        ObjectNode body = MAPPER.createObjectNode().put("reason", reason);
        if (base != null) {
            body.put("base", base);
        }
        if (folder != null) {
            // Mistakes are said here, with the places of these files.
            CityFolder.read(folder, problem -> {});
            ObjectNode files = body.putObject("files");
            CityFiles.NAMES.forEach(name -> files.put(name, ""));
            CityFiles.of(folder).texts().forEach(files::put);
        }
        if (tables != null) {
            ObjectNode csv = body.putObject("tables");
            for (Path table : csv(tables)) {
                csv.put(table.getFileName().toString(), Base64.getEncoder().encodeToString(Files.readAllBytes(table)));
            }
        }
        JsonNode draft = map.draft(MAPPER.writeValueAsString(body)).body();
        if (json) {
            context.terminal().out().println(draft);
            return 0;
        }
        long number = draft.path("number").asLong();
        MapChanges.print(context, map.diff(number));
        context.terminal().out().println(context.texts().get("city.drafted", number, "/map/versions/" + number));
        return 0;
    }

    private static List<Path> csv(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }
}
