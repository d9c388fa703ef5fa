package jp.hinomi.standalone.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.detect.DetectSettings;
import jp.hinomi.correlation.detect.Detection;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.geo.GeoDatabases;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.ingest.intel.feed.FeedFormat;
import jp.hinomi.ingest.intel.feed.FeedInput;
import jp.hinomi.ingest.intel.feed.FeedSettings;
import jp.hinomi.ingest.intel.feed.FeedSink;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi detect}: rules over log files, with the operators of the job. */
@Command(name = "detect", mixinStandardHelpOptions = true)
final class DetectCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city;

    @Option(names = "--rules", paramLabel = "DIR")
    private List<Path> rules = List.of(Installation.shippedRules());

    @Option(names = "--strict-sigma")
    private boolean strictSigma;

    @Option(
            names = "--format",
            defaultValue = "ecs-json",
            completionCandidates = DecodeCommand.Formats.class,
            paramLabel = "FORMAT")
    private String format;

    @Option(names = "--zone", defaultValue = "UTC", paramLabel = "ZONE")
    private ZoneId zone;

    @Option(names = "--charset", defaultValue = "UTF-8", paramLabel = "CHARSET")
    private Charset charset;

    @Option(names = "--out-of-order", defaultValue = "10s", paramLabel = "TIME")
    private Duration outOfOrder;

    @Option(names = "--parallelism", defaultValue = "1", paramLabel = "N")
    private int parallelism;

    @Option(names = "--geoip", paramLabel = "FILE")
    private List<Path> geoip = List.of();

    @Option(names = "--intel", paramLabel = "FILE")
    private List<Path> intel = List.of();

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    DetectCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        GeoDatabases.check(geoip);
        OutputStream out = new BufferedOutputStream(context.terminal().out(), 1 << 16);
        DetectSettings settings = new DetectSettings(
                Optional.ofNullable(city),
                rules,
                strictSigma ? Dialect.STRICT_SIGMA : Dialect.HINOMI,
                format,
                zone,
                charset,
                files,
                outOfOrder,
                parallelism,
                geoip,
                indicators(),
                this::say);
        Detection.Summary summary = Detection.run(settings, alert -> print(alert, out));
        out.flush();
        for (Problem problem : summary.problems()) {
            context.terminal().err().println(problem);
        }
        sayWhatWasSuppressed(summary);
        context.terminal()
                .err()
                .println(context.texts().get("detect.summary", summary.events(), summary.rejected(), summary.alerts()));
        boolean failed = summary.problems().stream().anyMatch(Problem::isError);
        return summary.alerts() == 0 && summary.rejected() == 0 && !failed ? 0 : 1;
    }

    private void sayWhatWasSuppressed(Detection.Summary summary) {
        Map<String, RuleFilter> filters = new HashMap<>();
        summary.rules().filters().keySet().forEach(filter -> filters.put(filter.name(), filter));
        for (Suppressed each : summary.suppressed()) {
            RuleFilter filter = filters.get(each.filter());
            if (filter == null) {
                continue; // all of the rule's, each once
            }
            context.terminal()
                    .err()
                    .println(context.texts()
                            .get(
                                    "detect.suppressed",
                                    each.rule(),
                                    each.count(),
                                    each.filter(),
                                    filter.terms()
                                            .map(terms -> context.texts()
                                                    .get("detect.suppressed.terms", terms.owner(), terms.expires()))
                                            .orElse(""),
                                    Instant.ofEpochMilli(each.last())));
        }
    }

    /** Whatever is wrong with single indicators is said, and the others are compared. */
    private IntelIndex indicators() throws IOException {
        IntelIndex index = new IntelIndex();
        for (Path path : intel) {
            FeedSink sink = new FeedSink(
                    FeedSettings.of(path.getFileName().toString(), System.currentTimeMillis()),
                    index::put,
                    problem -> context.terminal().err().println(problem));
            List<FeedInput> inputs = FeedFormat.inputs(path);
            FeedFormat.of(inputs.get(0)).read(inputs, sink);
        }
        if (!intel.isEmpty()) {
            context.terminal().err().println(context.texts().get("detect.indicators", index.size()));
        }
        return index;
    }

    private void say(DetectSettings.RejectedLine line) {
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "line.rejected",
                                line.origin(),
                                line.reason().byteOffset(),
                                line.reason().reason()));
    }

    private static void print(Alert alert, OutputStream out) {
        try {
            out.write(AlertJson.write(alert));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
