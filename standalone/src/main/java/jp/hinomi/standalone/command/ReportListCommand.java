package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi report list}: the reports of an incident, drafts included, the newest first. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class ReportListCommand extends ApiCommand {
    @Parameters(paramLabel = "INCIDENT")
    private String incident;

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 50;

    ReportListCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        int wanted = Math.max(1, limit);
        List<JsonNode> reports = Pages.first(
                api(),
                "/api/v1/incidents/" + AlertingApi.part(incident) + "/reports?limit=" + Math.min(wanted, Pages.MOST),
                wanted);
        if (json()) {
            reports.forEach(report -> line(report.toString()));
        } else if (reports.isEmpty()) {
            context().terminal().err().println(text("reports.none", incident));
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(text("reports.columns").split("\\|")));
            reports.forEach(report -> rows.add(List.of(
                    cell(report.path("id")),
                    cell(report.path("form")),
                    cell(report.path("stage")),
                    cell(report.path("seq")),
                    cell(report.path("state")),
                    cell(report.path("recipient")),
                    time(report.path("submitted").isNull() ? report.path("created") : report.path("submitted")))));
            Table.print(rows, context().terminal().out());
        }
        return 0;
    }
}
