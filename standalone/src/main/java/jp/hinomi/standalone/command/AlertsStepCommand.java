package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A step of triage with alerts: what to do is the command, the first argument says with what. */
@Command(mixinStandardHelpOptions = true)
final class AlertsStepCommand extends ApiCommand {
    private final String step;

    @Option(names = "--note", paramLabel = "TEXT")
    private String note = "";

    @Parameters(index = "0", paramLabel = "WHAT")
    private String what;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ALERT")
    private List<String> ids = List.of();

    /** @param step {@code assign}, {@code judge} or {@code incident} */
    AlertsStepCommand(String step, Context context, Map<String, String> environment) {
        super(context, environment);
        this.step = step;
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi api = api();
        String argument = "-".equals(what) ? "" : what;
        for (String id : ids) {
            JsonNode said = api.post(
                            "/api/v1/alerts/" + AlertingApi.part(id) + "/triage",
                            body().put("step", step)
                                    .put("argument", argument)
                                    .put("note", note)
                                    .toString())
                    .body();
            line(json() ? said.toString() : id + "  " + cell(said.path("result")));
        }
        return 0;
    }
}
