package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hinomi incidents list}: the newest first. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class IncidentsListCommand extends ApiCommand {
    @Option(names = "--all")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 50;

    IncidentsListCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        int wanted = Math.max(1, limit);
        List<JsonNode> incidents =
                Pages.first(api(), "/api/v1/incidents?all=" + all + "&limit=" + Math.min(wanted, Pages.MOST), wanted);
        if (json()) {
            incidents.forEach(incident -> line(incident.toString()));
        } else if (incidents.isEmpty()) {
            context().terminal().err().println(text("incidents.none"));
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(text("incidents.columns").split("\\|")));
            incidents.forEach(incident -> rows.add(List.of(
                    cell(incident.path("number")),
                    cell(incident.path("status")),
                    cell(incident.path("severity")),
                    cell(incident.path("lead")),
                    time(incident.path("opened")),
                    cell(incident.path("title")))));
            Table.print(rows, context().terminal().out());
        }
        return 0;
    }
}
