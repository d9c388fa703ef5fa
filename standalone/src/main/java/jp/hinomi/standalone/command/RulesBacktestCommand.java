package jp.hinomi.standalone.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.correlation.detect.DetectSettings;
import jp.hinomi.correlation.detect.LogFile;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.FileDecoder;
import jp.hinomi.ingest.geo.GeoDatabases;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.backtest.Backtest;
import jp.hinomi.standalone.backtest.BacktestJson;
import jp.hinomi.standalone.backtest.BacktestReport;
import jp.hinomi.standalone.backtest.BacktestText;
import jp.hinomi.standalone.backtest.LogSpan;
import jp.hinomi.standalone.backtest.RetainedEvents;
import jp.hinomi.standalone.git.GitException;
import jp.hinomi.standalone.git.GitFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules backtest}: what rules would have said over recorded logs, and to whom, against other rules. */
@Command(name = "backtest", mixinStandardHelpOptions = true)
final class RulesBacktestCommand implements Callable<Integer> {
    /** Rejected lines that are shown; all are counted. */
    private static final int MOST_REJECTS = 5;

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rules", paramLabel = "DIR")
    private List<Path> rules = List.of(Installation.shippedRules());

    @Option(names = "--against", paramLabel = "DIR")
    private List<Path> against = List.of();

    @Option(names = "--git", paramLabel = "REV")
    private String revision;

    @Option(names = "--city", paramLabel = "DIR")
    private Path cityFolder = Installation.exampleCity();

    @Option(
            names = "--format",
            defaultValue = "auto",
            completionCandidates = DecodeCommand.Formats.class,
            paramLabel = "FORMAT")
    private String format;

    @Option(names = "--zone", paramLabel = "ZONE")
    private ZoneId zone;

    @Option(names = "--charset", defaultValue = "UTF-8", paramLabel = "CHARSET")
    private Charset charset;

    @Option(names = "--from", paramLabel = "TIME")
    private String from;

    @Option(names = "--to", paramLabel = "TIME")
    private String to;

    @Option(names = "--out-of-order", defaultValue = "10s", paramLabel = "TIME")
    private Duration outOfOrder;

    @Option(names = "--parallelism", defaultValue = "1", paramLabel = "N")
    private int parallelism;

    @Option(names = "--geoip", paramLabel = "FILE")
    private List<Path> geoip = List.of();

    @Option(names = "--intel", paramLabel = "FILE")
    private List<Path> intel = List.of();

    @Option(names = "--examples", defaultValue = "2", paramLabel = "N")
    private int examples;

    @Option(names = "--most-per-day", defaultValue = "10", paramLabel = "N")
    private double mostPerDay;

    @Option(names = "--since", paramLabel = "DURATION")
    private Duration since;

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "[SOURCE=]FILE")
    private List<String> files = List.of();

    private long rejected;

    RulesBacktestCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        GeoDatabases.check(geoip);
        if (files.isEmpty() && since == null) {
            throw usage("backtest.nothing");
        }
        if (revision != null && (!against.isEmpty() || rules.size() != 1)) {
            throw usage("backtest.git");
        }
        if (revision == null) {
            return run(against);
        }
        try (GitFolder before = GitFolder.at(rules.get(0), revision)) {
            return run(List.of(before.folder()));
        } catch (GitException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int run(List<Path> old) throws IOException, InterruptedException {
        City city = CityFolder.read(cityFolder, problem -> {});
        RuleSet after = read(rules);
        Optional<RuleSet> before = old.isEmpty() ? Optional.empty() : Optional.of(read(old));
        LogSpan span = new LogSpan(
                from == null ? Long.MIN_VALUE : time("--from", from, city),
                to == null ? Long.MAX_VALUE : time("--to", to, city));
        IntelIndex indicators = new IntelIndex();
        if (!intel.isEmpty()) {
            IntelSources.files(intel, context).values().forEach(indicators::put);
        }
        if (since == null) {
            return run(city, before, after, span, indicators, List.of());
        }
        long begin = Math.max(0, System.currentTimeMillis() - since.toMillis());
        try (RetainedEvents retained = RetainedEvents.read(kafka.servers(), begin)) {
            context.terminal().err().println(context.texts().get("backtest.retained", retained.events()));
            return run(city, before, after, span, indicators, retained.logs());
        }
    }

    private int run(
            City city,
            Optional<RuleSet> before,
            RuleSet after,
            LogSpan span,
            IntelIndex indicators,
            List<LogFile> retained)
            throws IOException, InterruptedException {
        boolean[] same = new boolean[1];
        List<Input> inputs = files.stream().map(file -> input(file, city)).toList();
        try (Reading reading = Reading.start(
                context.terminal(),
                context.texts().get("backtest.reading"),
                Inputs.size(
                        inputs.stream().map(input -> input.path().toString()).toList()))) {
            List<LogFile> logs = new ArrayList<>(retained);
            inputs.forEach(input -> logs.add(input.log(reading)));
            Backtest.Settings settings = new Backtest.Settings(
                    city,
                    before,
                    after,
                    logs,
                    geoip,
                    indicators,
                    span,
                    outOfOrder,
                    parallelism,
                    Math.max(0, examples),
                    this::say);
            Backtest.run(settings, report -> {
                reading.close();
                print(report, city);
                same[0] = report.isSame();
            });
        }
        return same[0] ? 0 : 1;
    }

    /** Logs as the user names them. @param source null if nobody knows whose they are */
    private record Input(Path path, String source, Decoder decoder) {
        LogFile log(Reading reading) {
            return new LogFile(
                    path.toString(),
                    source,
                    FileDecoder.of(decoder, path, System.currentTimeMillis()),
                    () -> LogFile.unpacked(path.toString(), reading.watched(Files.newInputStream(path))));
        }
    }

    /** A file, or one of a source of the city: its format, zone and character set are those of the source. */
    private Input input(String text, City city) {
        int equals = text.indexOf('=');
        if (Files.exists(Path.of(text)) || equals < 1) {
            Path path = readable(text);
            return new Input(
                    path, null, Decoders.of(format, city.formats(), zone == null ? city.zone() : zone, charset));
        }
        String id = text.substring(0, equals);
        Source source = city.sources().get(id);
        if (source == null) {
            throw usage(
                    "backtest.no-source",
                    id,
                    Suggestion.nearest(id, new TreeSet<>(city.sources().keySet()))
                            .orElse("…"));
        }
        return new Input(
                readable(text.substring(equals + 1)),
                id,
                Decoders.of(source.format(), city.formats(), source.zone(), source.charset()));
    }

    private Path readable(String text) {
        Path path = Path.of(text);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw usage("backtest.unreadable", text);
        }
        return path;
    }

    private RuleSet read(List<Path> paths) {
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                throw usage("diff.unreadable", path);
            }
        }
        RuleReader.Result read = RuleReader.read(paths);
        read.problems().stream()
                .filter(Problem::isError)
                .forEach(problem -> context.terminal().err().println(problem));
        if (read.rules().byName().isEmpty()) {
            throw usage("backtest.no-rules", paths);
        }
        return read.rules();
    }

    /** A moment, or the beginning of a day in the city. */
    private long time(String option, String text, City city) {
        try {
            return text.length() == "2026-04-01".length()
                    ? LocalDate.parse(text)
                            .atStartOfDay(city.zone())
                            .toInstant()
                            .toEpochMilli()
                    : text.endsWith("Z")
                            ? Instant.parse(text).toEpochMilli()
                            : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw usage("backtest.time", option, text);
        }
    }

    private ParameterException usage(String key, Object... values) {
        return new ParameterException(spec.commandLine(), context.texts().get(key, values));
    }

    private synchronized void say(DetectSettings.RejectedLine line) {
        rejected++;
        if (rejected <= MOST_REJECTS) {
            context.terminal()
                    .err()
                    .println(context.texts()
                            .get(
                                    "line.rejected",
                                    line.origin(),
                                    line.reason().byteOffset(),
                                    line.reason().reason()));
        }
    }

    private void print(BacktestReport report, City city) {
        PrintStream out = context.terminal().out();
        if (json) {
            List<String> logs = new ArrayList<>(files);
            if (since != null) {
                logs.add("events of the last " + DurationConverter.words(since));
            }
            out.println(BacktestJson.of(report, new Version().getVersion()[0], logs, mostPerDay)
                    .toPrettyString());
            return;
        }
        Map<String, String> names = city.stakeholders().values().stream()
                .collect(Collectors.toMap(Stakeholder::id, stakeholder -> inLanguage(stakeholder.name())));
        new BacktestText(report, context.terminal(), context.texts(), names, mostPerDay).print();
    }

    private String inLanguage(Map<String, String> name) {
        String text = name.get(context.texts().locale().getLanguage());
        return text != null ? text : name.values().iterator().next();
    }
}
