package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.tail.FileTail;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.Logging;
import jp.hinomi.standalone.terminal.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi tail}: follows log files into the topic of a source, until it is stopped. */
@Command(name = "tail", mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {
    private static final Duration SHOW_EVERY = Duration.ofSeconds(1);

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", required = true, paramLabel = "ID")
    private String sourceId;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Option(names = "--state", paramLabel = "DIR")
    private Path state;

    @Option(names = "--from-end")
    private boolean fromEnd;

    @Parameters(arity = "1..*", paramLabel = "FILE|GLOB")
    private List<String> files;

    TailCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.toConsole();
        City known = CityFolder.read(city, problem -> {});
        Source source = known.sources().get(sourceId);
        if (source == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    context.texts()
                            .get(
                                    "send.no-source",
                                    sourceId,
                                    Installation.shown(city.resolve("sources.yaml")),
                                    String.join(", ", known.sources().keySet())));
        }
        String servers = kafka.servers();
        Path positions = state != null ? state : kafka.data().resolve("tail").resolve(sourceId);
        StopSignal stop = StopSignal.install();
        FileTail.Settings settings = FileTail.Settings.of(source, files, positions, fromEnd);
        try (FileTail tail = FileTail.start(servers, settings)) {
            context.terminal()
                    .err()
                    .println(context.texts()
                            .get(
                                    "tail.ready",
                                    String.join(", ", files),
                                    source.topic(),
                                    servers,
                                    Installation.shown(positions)));
            while (!stop.await(SHOW_EVERY)) {
                show(tail.progress());
            }
            if (context.terminal().errIsTty()) {
                context.terminal().err().println();
            }
            context.terminal().err().println(context.texts().get("tail.stopping"));
            tail.close();
            FileTail.Progress end = tail.progress();
            context.terminal()
                    .err()
                    .println(context.texts().get("tail.summary", end.lines(), end.acknowledged(), end.rejected()));
        }
        return 0;
    }

    private void show(FileTail.Progress now) {
        if (context.terminal().errIsTty()) {
            context.terminal()
                    .err()
                    .print("\r\u001b[K"
                            + context.texts().get("tail.progress", now.files(), now.lines(), now.acknowledged()));
            context.terminal().err().flush();
        }
    }
}
