package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.kafka.FileSender;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi send}: replays files into the topic of a source. */
@Command(name = "send", mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", required = true, paramLabel = "ID")
    private String sourceId;

    @Option(names = "--rate", defaultValue = "0", paramLabel = "N")
    private double rate;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<String> files;

    SendCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (rate < 0) {
            throw new ParameterException(spec.commandLine(), context.texts().get("send.rate", rate));
        }
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
        long lines = 0;
        long rejected = 0;
        try (FileSender sender = new FileSender(servers);
                Reading reading = Reading.start(context.terminal(), sourceId, Inputs.size(files))) {
            long before = 0;
            for (String file : files) {
                long start = before;
                FileSender.Progress progress = (sent, bytes, total) -> reading.to(start + bytes);
                FileSender.Sent sent = file.equals("-")
                        ? sender.send(source, System.in, rate, progress)
                        : sender.send(source, Path.of(file), rate, progress);
                before += sent.bytes();
                lines += sent.lines();
                rejected += sent.rejected();
            }
        }
        context.terminal().err().println(context.texts().get("send.summary", lines, source.topic(), servers, rejected));
        return rejected == 0 ? 0 : 1;
    }
}
