package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi report submit}: freezes a draft: from then on it is what was reported. */
@Command(name = "submit", mixinStandardHelpOptions = true)
final class ReportSubmitCommand extends ApiCommand {
    @Parameters(paramLabel = "REPORT")
    private long id;

    @Option(names = "--revision", paramLabel = "N")
    private Integer revision;

    ReportSubmitCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi api = api();
        int read = revision != null
                ? revision
                : api.get("/api/v1/reports/" + id).path("revision").asInt();
        JsonNode report = api.post(
                        "/api/v1/reports/" + id + "/submit",
                        body().put("revision", read).toString())
                .body();
        line(
                json()
                        ? report.toString()
                        : text(
                                "reports.submitted",
                                report.path("seq").asInt(),
                                time(report.path("submitted")),
                                cell(report.path("submitted_by")),
                                cell(report.path("sha256"))));
        return 0;
    }
}
