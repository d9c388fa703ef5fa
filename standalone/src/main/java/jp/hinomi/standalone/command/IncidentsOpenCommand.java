package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi incidents open}: a new incident with alerts; the first gives it its title. */
@Command(name = "open", mixinStandardHelpOptions = true)
final class IncidentsOpenCommand extends ApiCommand {
    @Option(names = "--title", paramLabel = "TEXT")
    private String title;

    @Parameters(arity = "1..*", paramLabel = "ALERT")
    private List<String> alerts = List.of();

    IncidentsOpenCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi api = api();
        ObjectNode opening = body().put("alert", alerts.get(0));
        if (title != null) {
            opening.put("title", title);
        }
        JsonNode incident = api.post("/api/v1/incidents", opening.toString()).body();
        String number = incident.path("number").asText();
        for (String alert : alerts.subList(1, alerts.size())) {
            incident = api.post(
                            "/api/v1/incidents/" + AlertingApi.part(number) + "/alerts",
                            body().put("alert", alert).toString())
                    .body();
        }
        line(json() ? incident.toString() : number);
        return 0;
    }
}
