package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.correlation.live.RuleCheck;
import jp.hinomi.correlation.live.RuleTopic;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.kafka.RuleHealthTopic;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules exceptions}: what is excepted, who answers for it until when, and how much it has suppressed. */
@Command(name = "exceptions", mixinStandardHelpOptions = true)
final class RulesExceptionsCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CATCH_UP = Duration.ofSeconds(20);
    private static final long HOUR = 3_600_000;

    private final Context context;

    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            paramLabel = "HOST:PORT")
    private String bootstrapServers;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of();

    RulesExceptionsCommand(Context context) {
        this.context = context;
    }

    /** What the job counted of one exception, for all of its rules. */
    private record Counted(long suppressed, long lastDay, OptionalLong last) {
        Counted plus(RuleHealth.Excepted more, long since) {
            OptionalLong newest =
                    last.isEmpty() || more.last().isPresent() && more.last().getAsLong() > last.getAsLong()
                            ? more.last()
                            : last;
            return new Counted(suppressed + more.suppressed(), lastDay + more.since(since), newest);
        }
    }

    /** 1 if one has expired. */
    @Override
    public Integer call() throws IOException {
        ZoneId zone = city == null
                ? ZoneOffset.UTC
                : CityFolder.read(city, problem -> {}).zone();
        long now = System.currentTimeMillis();
        RuleSet rules = rules();
        Map<String, Counted> counted = counted(Math.floorDiv(now, HOUR) - 24);
        boolean expired = false;
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("exceptions.columns").split("\\|")));
        for (Map.Entry<RuleFilter, List<String>> entry : rules.filters().entrySet()) {
            RuleFilter filter = entry.getKey();
            Counted of = counted.getOrDefault(filter.name(), new Counted(0, 0, OptionalLong.empty()));
            expired |= filter.ends(zone) <= now;
            if (json) {
                context.terminal()
                        .out()
                        .println(MAPPER.writeValueAsString(toJson(filter, entry.getValue(), of, zone, now)));
            } else {
                rows.add(row(filter, entry.getValue(), of, zone, now));
            }
        }
        PrintStream err = context.terminal().err();
        if (!json && rows.size() > 1) {
            Table.print(rows, context.terminal().out());
        } else if (!json) {
            err.println(context.texts().get("exceptions.none"));
        }
        if (bootstrapServers == null) {
            err.println(context.texts().get("exceptions.not-counted"));
        }
        return expired ? 1 : 0;
    }

    private RuleSet rules() {
        if (bootstrapServers == null || !paths.isEmpty()) {
            RuleReader.Result read = RuleReader.read(paths.isEmpty() ? List.of(Installation.shippedRules()) : paths);
            read.problems().stream()
                    .filter(Problem::isError)
                    .forEach(problem -> context.terminal().err().println(problem));
            return read.rules();
        }
        try (RuleTopic topic = new RuleTopic(bootstrapServers)) {
            topic.catchUp(CATCH_UP);
            return RuleCheck.of(topic.records().values(), JobSettings.USUAL_LEVELS)
                    .rules();
        }
    }

    /** By exception. */
    private Map<String, Counted> counted(long since) {
        Map<String, Counted> counted = new TreeMap<>();
        if (bootstrapServers != null) {
            for (RuleHealth health : RuleHealthTopic.read(bootstrapServers)) {
                health.exceptions()
                        .forEach(each -> counted.put(
                                each.filter(),
                                counted.getOrDefault(each.filter(), new Counted(0, 0, OptionalLong.empty()))
                                        .plus(each, since)));
            }
        }
        return counted;
    }

    private List<String> row(RuleFilter filter, List<String> rules, Counted counted, ZoneId zone, long now) {
        return List.of(
                filter.name(),
                filter.terms()
                        .map(RuleFilter.Terms::owner)
                        .orElse(context.texts().get("exceptions.of-pack")),
                filter.terms()
                        .map(terms -> terms.expires()
                                + (filter.ends(zone) <= now ? context.texts().get("exceptions.expired") : ""))
                        .orElse("-"),
                bootstrapServers == null ? "-" : Long.toString(counted.lastDay()),
                bootstrapServers == null ? "-" : Long.toString(counted.suppressed()),
                counted.last().isEmpty() ? "-" : time(counted.last().getAsLong()),
                rules.size() <= 3
                        ? String.join(", ", rules)
                        : String.join(", ", rules.subList(0, 3)) + " … (" + rules.size() + ")",
                filter.terms()
                        .map(terms -> terms.reason(context.texts().locale().getLanguage()))
                        .orElse(""));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private ObjectNode toJson(RuleFilter filter, List<String> rules, Counted counted, ZoneId zone, long now) {
        ObjectNode node = MAPPER.createObjectNode().put("filter", filter.name());
        rules.forEach(node.withArray("rules")::add);
        filter.terms().ifPresent(terms -> {
            node.put("owner", terms.owner());
            ObjectNode reason = node.putObject("reason");
            terms.reason().forEach(reason::put);
            node.put("expires", terms.expires().toString())
                    .put("ends", Instant.ofEpochMilli(filter.ends(zone)).toString())
                    .put("expired", filter.ends(zone) <= now);
        });
        if (bootstrapServers != null) {
            node.put("suppressed", counted.suppressed()).put("suppressed_last_day", counted.lastDay());
            counted.last()
                    .ifPresent(
                            last -> node.put("last", Instant.ofEpochMilli(last).toString()));
        }
        return node.put("file", filter.at().file()).put("line", filter.at().line());
    }
}
