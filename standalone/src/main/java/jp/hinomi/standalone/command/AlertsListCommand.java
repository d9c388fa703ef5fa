package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi alerts list}: the newest first. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class AlertsListCommand extends ApiCommand {
    @Mixin
    private AlertFilterOptions filter = new AlertFilterOptions();

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 50;

    AlertsListCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        int wanted = Math.max(1, limit);
        List<JsonNode> alerts = Pages.first(api(), filter.path(Math.min(wanted, Pages.MOST)), wanted);
        if (json()) {
            alerts.forEach(alert -> line(alert.toString()));
        } else if (alerts.isEmpty()) {
            context().terminal().err().println(text("alerts.none"));
        } else {
            AlertTable.print(this, alerts);
        }
        return 0;
    }
}
