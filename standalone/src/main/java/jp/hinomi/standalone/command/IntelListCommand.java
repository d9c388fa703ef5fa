package jp.hinomi.standalone.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Observable;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hinomi intel list}: the indicators of the topic {@code threat-intel}. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class IntelListCommand implements Callable<Integer> {
    private static final int LONGEST_CELL = 60;

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--feed", paramLabel = "NAME")
    private String feed;

    @Option(names = "--type", paramLabel = "TYPE")
    private String type;

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Option(names = "--json")
    private boolean json;

    IntelListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Observable.Type wanted;
        try {
            wanted = type == null ? null : Observable.Type.ofWord(type);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        String servers = kafka.servers();
        List<Indicator> indicators = IntelSources.topic(servers, feed, context).values().stream()
                .filter(indicator -> wanted == null
                        || indicator.observables().stream().anyMatch(observable -> observable.type() == wanted))
                .toList();
        PrintStream out = context.terminal().out();
        if (json) {
            indicators.forEach(
                    indicator -> out.println(new String(IndicatorJson.write(indicator), StandardCharsets.UTF_8)));
        } else if (!indicators.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(context.texts().get("intel.list.columns").split("\\|")));
            indicators.forEach(indicator -> rows.add(row(indicator)));
            Table.print(rows, out);
        }
        long now = System.currentTimeMillis();
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "intel.list.count",
                                indicators.size(),
                                indicators.stream()
                                        .filter(indicator -> indicator.isValidAt(now))
                                        .count(),
                                servers));
        return 0;
    }

    private static List<String> row(Indicator indicator) {
        return List.of(
                indicator.feed(),
                indicator.observables().isEmpty()
                        ? "pattern"
                        : indicator.observables().get(0).type().word(),
                shortened(
                        indicator.observables().size() == 1
                                ? indicator.observables().get(0).value()
                                : indicator.pattern().isEmpty()
                                        ? indicator.observables().get(0).value() + " +"
                                                + (indicator.observables().size() - 1)
                                        : indicator.pattern()),
                indicator.confidenceWord(),
                indicator.tlp().word(),
                indicator.revoked()
                        ? "revoked"
                        : indicator.validUntil() == Indicator.FOREVER
                                ? "-"
                                : Instant.ofEpochMilli(indicator.validUntil())
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                shortened(indicator.about().name()));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…";
    }
}
