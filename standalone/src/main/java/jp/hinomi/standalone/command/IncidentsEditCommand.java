package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi incidents edit}: changes what is given and leaves the rest. */
@Command(name = "edit", mixinStandardHelpOptions = true)
final class IncidentsEditCommand extends ApiCommand {
    @Spec
    private CommandSpec spec;

    @Option(names = "--title", paramLabel = "TEXT")
    private String title;

    @Option(names = "--status", paramLabel = "STATUS")
    private String status;

    @Option(names = "--severity", paramLabel = "SEVERITY")
    private String severity;

    @Option(names = "--impact", paramLabel = "TEXT")
    private String impact;

    @Option(names = "--lead", paramLabel = "NAME")
    private String lead;

    @Option(names = "--verdict", paramLabel = "VERDICT")
    private String verdict;

    @Parameters(paramLabel = "NUMBER")
    private String number;

    IncidentsEditCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        String path = "/api/v1/incidents/" + AlertingApi.part(number);
        ObjectNode change = body();
        put(change, "title", title);
        put(change, "status", status);
        put(change, "severity", severity);
        put(change, "impact", impact);
        put(change, "lead", lead);
        if (change.isEmpty() && verdict == null) {
            throw new ParameterException(spec.commandLine(), text("incidents.nothing"));
        }
        AlertingApi api = api();
        if (verdict != null) {
            // Both parts of a judgement are replaced: the entry path stays as it is.
            JsonNode now = api.get(path + "/casework");
            api.send(
                    "PUT",
                    path + "/judgement",
                    body().put("verdict", verdict)
                            .put("entry_path", now.path("entry_path").asText())
                            .toString());
        }
        JsonNode incident = change.isEmpty()
                ? api.get(path)
                : api.send("PATCH", path, change.toString()).body();
        if (json()) {
            line(incident.toString());
        } else {
            IncidentText.print(this, incident);
        }
        return 0;
    }

    private static void put(ObjectNode change, String name, String value) {
        if (value != null) {
            change.put(name, value);
        }
    }
}
