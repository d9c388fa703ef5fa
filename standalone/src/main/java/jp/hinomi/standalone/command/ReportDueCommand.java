package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hinomi report due}: what has to be reported, the next term first. */
@Command(name = "due", mixinStandardHelpOptions = true)
final class ReportDueCommand extends ApiCommand {
    @Option(names = "--limit", paramLabel = "N")
    private int limit = 50;

    ReportDueCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        int wanted = Math.max(1, limit);
        List<JsonNode> due =
                Pages.first(api(), "/api/v1/report-deadlines?limit=" + Math.min(wanted, Pages.MOST), wanted);
        if (json()) {
            due.forEach(one -> line(one.toString()));
        } else if (due.isEmpty()) {
            context().terminal().err().println(text("reports.nothing-due"));
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(text("reports.due.columns").split("\\|")));
            due.forEach(one -> rows.add(List.of(
                    cell(one.path("incident")),
                    cell(one.path("form")),
                    cell(one.path("stage")),
                    cell(one.path("recipient")),
                    time(one.path("target")),
                    time(one.path("due")),
                    cell(one.path("state")))));
            Table.print(rows, context().terminal().out());
        }
        return 0;
    }
}
