package jp.hinomi.standalone.command;

import java.util.List;
import picocli.CommandLine.Option;

/** Which alerts a command is about. */
final class AlertFilterOptions {
    @Option(names = "--severity", split = ",", paramLabel = "SEVERITY")
    private List<String> severity = List.of();

    @Option(names = "--status", paramLabel = "STATUS")
    private String status;

    @Option(names = "--resource", paramLabel = "ID")
    private String resource;

    @Option(names = "--stakeholder", paramLabel = "ID")
    private String stakeholder;

    @Option(names = "--search", paramLabel = "WORDS")
    private String search;

    /** The address of a page. */
    String path(int limit) {
        StringBuilder path = new StringBuilder("/api/v1/alerts?limit=").append(limit);
        severity.forEach(word -> add(path, "severity", word));
        add(path, "status", status);
        add(path, "resource", resource);
        add(path, "stakeholder", stakeholder);
        add(path, "q", search);
        return path.toString();
    }

    private static void add(StringBuilder path, String name, String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(AlertingApi.part(value));
        }
    }
}
