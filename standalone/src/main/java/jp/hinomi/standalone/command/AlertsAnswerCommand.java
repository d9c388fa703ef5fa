package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi alerts ack}: answers for the caller, or writes down what a contact answered. */
@Command(name = "ack", mixinStandardHelpOptions = true)
final class AlertsAnswerCommand extends ApiCommand {
    @Option(names = "--answer", paramLabel = "ANSWER")
    private String answer = "ack";

    @Option(names = "--contact", paramLabel = "ID")
    private String contact;

    @Option(names = "--note", paramLabel = "TEXT")
    private String note = "";

    @Parameters(arity = "1..*", paramLabel = "ALERT")
    private List<String> ids = List.of();

    AlertsAnswerCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi api = api();
        for (String id : ids) {
            ObjectNode body = body().put("answer", answer).put("note", note);
            if (contact != null) {
                body.put("contact", contact);
            }
            JsonNode said = api.post("/api/v1/alerts/" + AlertingApi.part(id) + "/ack", body.toString())
                    .body();
            line(json() ? said.toString() : id + "  " + cell(said.path("outcome")));
        }
        return 0;
    }
}
