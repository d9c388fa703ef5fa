package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi incidents comment}: an entry of the timeline. */
@Command(name = "comment", mixinStandardHelpOptions = true)
final class IncidentsCommentCommand extends ApiCommand {
    @Option(names = "--type", paramLabel = "TYPE")
    private String type = "note";

    @Option(names = "--occurred", paramLabel = "TIME")
    private String occurred;

    @Option(names = "--in-report")
    private boolean inReport;

    @Parameters(index = "0", paramLabel = "NUMBER")
    private String number;

    @Parameters(index = "1", paramLabel = "TEXT")
    private String words;

    IncidentsCommentCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        ObjectNode note = body().put("type", type).put("text", words).put("in_report", inReport);
        if (occurred != null) {
            note.put("occurred", occurred);
        }
        JsonNode incident = api().post("/api/v1/incidents/" + AlertingApi.part(number) + "/timeline", note.toString())
                .body();
        line(json() ? incident.toString() : text("incidents.written", cell(incident.path("number"))));
        return 0;
    }
}
