package jp.hinomi.standalone.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.intel.feed.FeedFormat;
import jp.hinomi.ingest.intel.feed.FeedInput;
import jp.hinomi.ingest.intel.feed.FeedSettings;
import jp.hinomi.ingest.intel.feed.FeedSink;
import jp.hinomi.ingest.intel.feed.HttpSource;
import jp.hinomi.ingest.intel.feed.IntelPublisher;
import jp.hinomi.standalone.intel.Credentials;
import jp.hinomi.standalone.intel.RemoteFeed;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi intel import}: brings the topic {@code threat-intel} up to date with a feed. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class IntelImportCommand implements Callable<Integer> {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);

    private final Context context;
    private final Map<String, String> environment;
    private final Duration shortestPause;

    @Spec
    private CommandSpec spec;

    @Option(names = "--feed", required = true, paramLabel = "NAME")
    private String feed;

    @ArgGroup(exclusive = true)
    private Format format = new Format();

    /** How the files are to be read; by their beginning if nothing is said. */
    static final class Format {
        @Option(names = "--stix")
        private boolean stix;

        @Option(names = "--misp")
        private boolean misp;

        @Option(names = "--csv")
        private boolean csv;

        @Option(names = "--taxii", paramLabel = "URL")
        private URI taxii;
    }

    @Option(names = "--collection", paramLabel = "ID")
    private String collection;

    @Option(names = "--user", paramLabel = "USER:PASSWORD")
    private String user;

    @Option(names = "--token", paramLabel = "TOKEN")
    private String token;

    @Option(names = "--allow-http")
    private boolean allowHttp;

    @Option(names = "--page", defaultValue = "1000", paramLabel = "N")
    private int pageSize;

    @Option(names = "--full")
    private boolean full;

    @Option(names = "--every", paramLabel = "DURATION")
    private Duration every;

    @Option(names = "--confidence", defaultValue = "" + Indicator.NO_CONFIDENCE, paramLabel = "0-100")
    private int confidence;

    @Option(names = "--tlp", paramLabel = "LABEL")
    private String tlp;

    @Option(names = "--valid-for", paramLabel = "DURATION")
    private Duration validFor;

    @Option(names = "--subdomains")
    private boolean subdomains;

    @Option(names = "--replace")
    private boolean replace;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "FILE")
    private List<String> places = List.of();

    IntelImportCommand(Context context, Map<String, String> environment) {
        this(context, environment, SHORTEST_PAUSE);
    }

    /** @param shortestPause what {@code --every} may be at least */
    IntelImportCommand(Context context, Map<String, String> environment, Duration shortestPause) {
        this.context = context;
        this.environment = environment;
        this.shortestPause = shortestPause;
    }

    /** 1 if anything of the feed could not be used. */
    @Override
    public Integer call() throws Exception {
        check();
        String servers = kafka.servers();
        IntelPublisher publisher = new IntelPublisher(servers, feed, dryRun);
        try {
            int code = once(publisher, servers);
            while (every != null) {
                Thread.sleep(every.toMillis());
                try {
                    publisher = publisher == null ? new IntelPublisher(servers, feed, dryRun) : publisher;
                    code = once(publisher, servers);
                } catch (IOException e) {
                    // A feed that is away for a while is no reason to stop following it.
                    again(e);
                } catch (KafkaException e) {
                    // Nor is a broker; but what it has must be read anew.
                    again(e);
                    close(publisher);
                    publisher = null;
                }
            }
            return code;
        } finally {
            close(publisher);
        }
    }

    private void again(Exception e) {
        context.terminal().err().println(context.texts().get("intel.import.again", e.getMessage(), every));
    }

    private static void close(IntelPublisher publisher) {
        if (publisher != null) {
            publisher.close();
        }
    }

    private void check() {
        if (places.isEmpty() && format.taxii == null) {
            throw wrong("intel.import.nothing");
        }
        if (!places.isEmpty() && format.taxii != null) {
            throw wrong("intel.import.both");
        }
        if (every != null && every.compareTo(shortestPause) < 0) {
            throw wrong("intel.import.every", every);
        }
        if (pageSize < 1 || confidence < Indicator.NO_CONFIDENCE || confidence > 100) {
            throw wrong("intel.import.numbers");
        }
        if (user != null && token != null) {
            throw wrong("intel.import.login");
        }
    }

    private ParameterException wrong(String text, Object... values) {
        return new ParameterException(spec.commandLine(), context.texts().get(text, values));
    }

    private int once(IntelPublisher publisher, String servers) throws IOException {
        long written = publisher.written();
        long unchanged = publisher.unchanged();
        long older = publisher.older();
        long removed = publisher.removed();
        List<Problem> problems = new ArrayList<>();
        FeedSink sink = new FeedSink(settings(), publisher::put, problems::add, publisher::withdraw);
        publisher.begin();
        boolean whole = read(sink, publisher);
        // A page that says "try later" is a feed of which nothing can be used: no reason to forget everything.
        boolean empty = sink.accepted() == 0;
        if (replace && whole && !empty) {
            publisher.removeOthers();
        }
        publisher.flush();
        Problems.print(context, problems, json);
        if (!sink.skipped().isEmpty()) {
            context.terminal().err().println(context.texts().get("intel.import.skipped", counts(sink.skipped())));
        }
        if (replace && (!whole || empty)) {
            context.terminal()
                    .err()
                    .println(context.texts().get(whole ? "intel.import.empty" : "intel.import.partial"));
        }
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                dryRun ? "intel.import.compared" : "intel.import.done",
                                publisher.written() - written,
                                publisher.unchanged() - unchanged,
                                publisher.older() - older,
                                publisher.removed() - removed,
                                sink.refused(),
                                servers));
        return sink.refused() == 0 ? 0 : 1;
    }

    private static String counts(Map<String, Long> skipped) {
        List<String> parts = new ArrayList<>();
        skipped.forEach((what, count) -> parts.add(what + " " + count));
        return String.join(", ", parts);
    }

    private FeedSettings settings() {
        Optional<Tlp> label;
        try {
            label = Optional.ofNullable(tlp).map(Tlp::ofWord);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return new FeedSettings(
                feed, confidence, label, Optional.ofNullable(validFor), subdomains, System.currentTimeMillis());
    }

    /** @return whether everything that the feed has was read, rather than what is new in it */
    private boolean read(FeedSink sink, IntelPublisher publisher) throws IOException {
        List<Path> local = new ArrayList<>();
        boolean whole = true;
        for (String place : places) {
            if (place.matches("(?i)https?://.*")) {
                if (!format.misp) {
                    throw wrong("intel.import.url", place);
                }
                whole &= remote(URI.create(place), false, sink, publisher);
            } else {
                local.add(Path.of(place));
            }
        }
        if (format.taxii != null) {
            whole &= remote(format.taxii, true, sink, publisher);
        }
        files(local, sink);
        return whole;
    }

    private boolean remote(URI address, boolean taxii, FeedSink sink, IntelPublisher publisher) throws IOException {
        HttpSource source = new HttpSource(Credentials.header(user, token, environment), allowHttp);
        RemoteFeed remote = new RemoteFeed(source, kafka.data(), feed, full || replace);
        try (Reading reading = Reading.start(context.terminal(), feed, -1)) {
            return taxii
                    ? remote.taxii(
                            address,
                            Optional.ofNullable(collection),
                            pageSize,
                            sink,
                            dryRun,
                            publisher::settle,
                            reading::to)
                    : remote.misp(address, sink, dryRun, publisher::settle, reading::to);
        }
    }

    private void files(List<Path> paths, FeedSink sink) throws IOException {
        List<FeedInput> inputs = new ArrayList<>();
        for (Path path : paths) {
            inputs.addAll(FeedFormat.inputs(path));
        }
        long bytes = Inputs.size(inputs.stream().map(FeedInput::name).toList());
        try (Reading reading = Reading.start(context.terminal(), feed, bytes)) {
            Map<FeedFormat, List<FeedInput>> byFormat = new java.util.EnumMap<>(FeedFormat.class);
            for (FeedInput input : inputs) {
                FeedInput watched = new FeedInput(
                        input.name(), () -> reading.watched(input.opener().open()));
                byFormat.computeIfAbsent(format(input), key -> new ArrayList<>())
                        .add(watched);
            }
            for (Map.Entry<FeedFormat, List<FeedInput>> entry : byFormat.entrySet()) {
                entry.getKey().read(entry.getValue(), sink);
            }
        }
    }

    private FeedFormat format(FeedInput input) throws IOException {
        if (format.stix) {
            return FeedFormat.STIX;
        }
        return format.misp ? FeedFormat.MISP : format.csv ? FeedFormat.CSV : FeedFormat.of(input);
    }
}
