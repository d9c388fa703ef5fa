package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;

/** {@code hinomi rules proposals}: exceptions that people have proposed, what waits first. */
@Command(name = "proposals", mixinStandardHelpOptions = true)
final class RulesProposalsCommand extends ApiCommand {
    RulesProposalsCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        List<JsonNode> proposals = Pages.first(api(), "/api/v1/rules/proposals?limit=" + Pages.MOST, Integer.MAX_VALUE);
        if (json()) {
            proposals.forEach(each -> line(each.toString()));
        } else if (proposals.isEmpty()) {
            context().terminal().err().println(text("proposals.none"));
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(text("proposals.columns").split("\\|")));
            proposals.forEach(each -> rows.add(List.of(
                    cell(each.path("id")),
                    cell(each.path("state")),
                    cell(each.path("rule")),
                    cell(each.path("expires")),
                    cell(each.path("made_by")),
                    cell(each.path("decided_by")),
                    translated(each.path("reason")))));
            Table.print(rows, context().terminal().out());
        }
        return 0;
    }
}
