package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi alerts watch}: each alert as it comes, until it is stopped. Follows through restarts of Hinomi. */
@Command(name = "watch", mixinStandardHelpOptions = true)
final class AlertsWatchCommand extends ApiCommand {
    /** More than come between two looks in a storm; older ones are passed over, and it is said. */
    private static final int MOST_AT_ONCE = 2000;

    private static final int REMEMBERED = 10_000;

    private final Set<String> known = new HashSet<>();
    private final Deque<String> order = new ArrayDeque<>();

    @Mixin
    private AlertFilterOptions filter = new AlertFilterOptions();

    @Option(names = "--every", paramLabel = "DURATION")
    private Duration every = Duration.ofSeconds(2);

    @Option(names = "--count", paramLabel = "N")
    private long count = Long.MAX_VALUE;

    AlertsWatchCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        AlertingApi api = api();
        String path = filter.path(100);
        fresh(Pages.first(api, path, 100));
        long shown = 0;
        boolean away = false;
        while (shown < count) {
            TimeUnit.MILLISECONDS.sleep(Math.max(100, every.toMillis()));
            try {
                for (JsonNode alert : look(api, path)) {
                    if (shown++ < count) {
                        line(json() ? alert.toString() : AlertTable.line(this, alert));
                    }
                }
                away = false;
            } catch (IOException e) {
                if (!away) {
                    context().terminal().err().println(e.getMessage());
                }
                away = true;
            }
        }
        return 0;
    }

    /** Those that came since the last look, the oldest first. */
    private List<JsonNode> look(AlertingApi api, String path) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String before = "";
        boolean reached = false;
        while (!reached && all.size() < MOST_AT_ONCE) {
            JsonNode page = api.get(path + before);
            for (JsonNode alert : page.path("items")) {
                reached |= known.contains(alert.path("id").asText());
                all.add(alert);
            }
            reached |= !page.path("next").isNumber();
            before = "&before=" + page.path("next").asLong();
        }
        if (!reached) {
            context().terminal().err().println(text("alerts.passed-over"));
        }
        return fresh(all);
    }

    private List<JsonNode> fresh(List<JsonNode> newestFirst) {
        List<JsonNode> fresh = new ArrayList<>();
        for (JsonNode alert : newestFirst) {
            String id = alert.path("id").asText();
            if (known.add(id)) {
                fresh.add(alert);
                order.addLast(id);
            }
        }
        while (order.size() > REMEMBERED) {
            known.remove(order.removeFirst());
        }
        Collections.reverse(fresh);
        return fresh;
    }
}
