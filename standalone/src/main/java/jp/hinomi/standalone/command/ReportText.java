package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** A report as people read it on a terminal. */
final class ReportText {
    private ReportText() {}

    static void print(ApiCommand command, JsonNode report) {
        command.line(command.text(
                "reports.head",
                report.path("id").asLong(),
                ApiCommand.cell(report.path("form")),
                ApiCommand.cell(report.path("stage")),
                ApiCommand.cell(report.path("recipient")),
                ApiCommand.cell(report.path("state")),
                report.path("revision").asInt()));
        if (report.path("sha256").isTextual()) {
            command.line(command.text(
                    "reports.submitted",
                    report.path("seq").asInt(),
                    ApiCommand.time(report.path("submitted")),
                    ApiCommand.cell(report.path("submitted_by")),
                    ApiCommand.cell(report.path("sha256"))));
        }
        Set<String> changed = new HashSet<>();
        report.path("changed").forEach(id -> changed.add(id.asText()));
        report.path("fields").fields().forEachRemaining(field -> {
            command.line("");
            command.line((changed.contains(field.getKey()) ? "* " : "  ") + field.getKey());
            field.getValue()
                    .asText()
                    .lines()
                    .forEach(text -> command.line("    " + ApiCommand.cell(ApiCommand.textNode(text))));
        });
    }
}
