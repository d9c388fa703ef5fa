package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.standalone.terminal.Table;

/** Alerts of the API, one below the other. */
final class AlertTable {
    private AlertTable() {}

    static void print(ApiCommand command, Iterable<JsonNode> alerts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(command.text("alerts.columns").split("\\|")));
        alerts.forEach(alert -> rows.add(row(command, alert)));
        Table.print(rows, command.context().terminal().out());
    }

    private static List<String> row(ApiCommand command, JsonNode alert) {
        List<String> resources = new ArrayList<>();
        alert.path("resources").forEach(each -> resources.add(ApiCommand.cell(each)));
        return List.of(
                ApiCommand.time(alert.path("time")),
                ApiCommand.cell(alert.path("severity")),
                ApiCommand.cell(alert.path("work")),
                ApiCommand.cell(alert.path("assignee")),
                ApiCommand.cell(alert.path("count")),
                String.join(",", resources),
                command.translated(alert.path("title")),
                ApiCommand.cell(alert.path("id")));
    }

    /** One line of one alert that has come. */
    static String line(ApiCommand command, JsonNode alert) {
        return String.join("  ", row(command, alert));
    }
}
