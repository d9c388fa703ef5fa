package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi report draft}: begins a report with what is stored, and prints its number. Without a stage the next one that is due. */
@Command(name = "draft", mixinStandardHelpOptions = true)
final class ReportDraftCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "INCIDENT")
    private String incident;

    @Parameters(index = "1", paramLabel = "FORM")
    private String form;

    @Option(names = "--stage", paramLabel = "STAGE")
    private String stage;

    @Option(names = "--recipient", paramLabel = "RECIPIENT")
    private String recipient;

    ReportDraftCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi api = api();
        ObjectNode wish = body().put("form", form).put("stage", stage == null ? next(api) : stage);
        if (recipient != null) {
            wish.put("recipient", recipient);
        }
        JsonNode report = api.post("/api/v1/incidents/" + AlertingApi.part(incident) + "/reports", wish.toString())
                .body();
        line(
                json()
                        ? report.toString()
                        : text("reports.drafted", report.path("id").asLong(), cell(report.path("stage"))));
        return 0;
    }

    /** What was submitted on this form says what comes next. */
    private String next(AlertingApi api) throws IOException {
        String last = "";
        for (JsonNode report : Pages.first(
                api, "/api/v1/incidents/" + AlertingApi.part(incident) + "/reports?limit=" + Pages.MOST, Pages.MOST)) {
            boolean same = report.path("form").asText().equals(form)
                    && (recipient == null || report.path("recipient").asText().equals(recipient));
            if (last.isEmpty() && same && report.path("state").asText().equals("submitted")) {
                last = report.path("stage").asText();
            }
        }
        return last.isEmpty() ? "initial" : last.equals("initial") ? "follow-up" : last;
    }
}
