package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;

/** An incident as people read it on a terminal. */
final class IncidentText {
    private IncidentText() {}

    static void print(ApiCommand command, JsonNode incident) {
        command.line(ApiCommand.cell(incident.path("number")) + "  " + ApiCommand.cell(incident.path("title")));
        command.line(command.text(
                "incidents.state",
                ApiCommand.cell(incident.path("status")),
                ApiCommand.cell(incident.path("severity")),
                ApiCommand.cell(incident.path("tlp")),
                ApiCommand.cell(incident.path("lead"))));
        command.line("");
        command.line(command.text("incidents.alerts"));
        incident.path("alerts").forEach(alert -> {
            if (!alert.path("detached").isTextual()) {
                command.line("  " + ApiCommand.cell(alert.path("severity")) + "  "
                        + command.translated(alert.path("title")) + "  " + ApiCommand.cell(alert.path("id")));
            }
        });
        command.line("");
        command.line(command.text("incidents.timeline"));
        incident.path("timeline")
                .forEach(entry -> command.line("  " + ApiCommand.time(entry.path("occurred")) + "  "
                        + ApiCommand.cell(entry.path("type")) + "  " + ApiCommand.cell(entry.path("author")) + "  "
                        + command.translated(entry.path("text"))));
    }
}
