package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hinomi incidents show}: one incident with its alerts and timeline. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class IncidentsShowCommand extends ApiCommand {
    @Parameters(paramLabel = "NUMBER")
    private String number;

    IncidentsShowCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        JsonNode incident = api().get("/api/v1/incidents/" + AlertingApi.part(number));
        if (json()) {
            line(incident.toString());
        } else {
            IncidentText.print(this, incident);
        }
        return 0;
    }
}
