package jp.hinomi.standalone.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.ingest.kafka.SourceHealthTopic;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi sources}: how each source fares, from the topic {@code source-health}. */
@Command(name = "sources", mixinStandardHelpOptions = true)
final class SourcesCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Option(names = "--json")
    private boolean json;

    SourcesCommand(Context context) {
        this.context = context;
    }

    /** 1 if anything is wrong with a source. */
    @Override
    public Integer call() throws IOException {
        String servers = kafka.servers();
        List<SourceHealth> healths = SourceHealthTopic.read(servers);
        PrintStream out = context.terminal().out();
        if (json) {
            healths.forEach(health -> out.println(new String(SourceHealthJson.write(health), StandardCharsets.UTF_8)));
        } else if (healths.isEmpty()) {
            context.terminal().err().println(context.texts().get("sources.none", servers));
        } else {
            print(healths, out);
        }
        return healths.stream().allMatch(health -> health.state() == SourceHealth.State.OK) ? 0 : 1;
    }

    private void print(List<SourceHealth> healths, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("sources.columns").split("\\|")));
        healths.forEach(health -> rows.add(row(health)));
        Table.print(rows, out);
    }

    private static List<String> row(SourceHealth health) {
        return List.of(
                health.source(),
                health.state().word(),
                health.lastSeen().isPresent()
                        ? Instant.ofEpochMilli(health.lastSeen().getAsLong())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                        : "-",
                String.format(Locale.ROOT, "%.1f", health.perSecond()),
                String.format(Locale.ROOT, "%.1f %%", health.rejectRate() * 100),
                seconds(health.offsetMillis()),
                seconds(health.spreadMillis()),
                health.advice().orElse(""));
    }

    private static String seconds(OptionalLong millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%.1f s", millis.getAsLong() / 1000.0) : "-";
    }
}
