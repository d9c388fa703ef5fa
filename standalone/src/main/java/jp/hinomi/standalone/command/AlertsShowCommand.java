package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hinomi alerts show}: one alert with its evidence, messages and answers. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class AlertsShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ALERT")
    private String id;

    AlertsShowCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        JsonNode whole = api().get("/api/v1/alerts/" + AlertingApi.part(id));
        if (json()) {
            line(whole.toString());
            return 0;
        }
        JsonNode alert = whole.path("alert");
        line(translated(alert.path("rule").path("title")) + "  ("
                + cell(alert.path("rule").path("name")) + ")");
        line(text(
                "alerts.state",
                cell(alert.path("severity")),
                cell(alert.path("tlp")),
                cell(whole.path("work")),
                cell(whole.path("assignee")),
                cell(whole.path("verdict")),
                cell(alert.path("count"))));
        line(time(alert.path("first")) + " – " + time(alert.path("last")));
        alert.path("group")
                .fields()
                .forEachRemaining(each -> line("  " + each.getKey() + " = " + cell(each.getValue())));
        alert.path("resources").forEach(each -> line("  " + cell(each.path("part")) + ": " + cell(each.path("id"))));
        line("");
        line(text("alerts.evidence"));
        alert.path("evidence")
                .forEach(event ->
                        line("  " + time(event.path("@timestamp")) + "  " + cell(event.path("event.original"))));
        line("");
        line(text("alerts.deliveries"));
        whole.path("deliveries")
                .forEach(each -> line("  " + time(each.path("created")) + "  " + cell(each.path("state")) + "  "
                        + cell(each.path("contact")) + "  " + cell(each.path("channel")) + "  "
                        + cell(each.path("last_error"))));
        line("");
        line(text("alerts.answers"));
        whole.path("acknowledgements")
                .forEach(each -> line("  " + time(each.path("at")) + "  " + cell(each.path("answer")) + "  "
                        + cell(each.path("by")) + "  " + cell(each.path("note"))));
        return 0;
    }
}
