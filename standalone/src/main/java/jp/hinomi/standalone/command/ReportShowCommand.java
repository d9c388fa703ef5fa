package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hinomi report show}: one report with its fields. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class ReportShowCommand extends ApiCommand {
    @Parameters(paramLabel = "REPORT")
    private long id;

    ReportShowCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        JsonNode report = api().get("/api/v1/reports/" + id);
        if (json()) {
            line(report.toString());
        } else {
            ReportText.print(this, report);
        }
        return 0;
    }
}
