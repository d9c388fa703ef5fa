package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.ingest.receive.ReceiverPorts;
import jp.hinomi.ingest.receive.ReceiverSettings;
import jp.hinomi.ingest.receive.Receivers;
import jp.hinomi.ingest.receive.Way;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Logging;
import jp.hinomi.standalone.terminal.StopSignal;
import jp.hinomi.standalone.up.ReceiverChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hinomi receive}: the receivers alone, for a deployment of several machines. Makes the topics. */
@Command(name = "receive", mixinStandardHelpOptions = true)
final class ReceiveCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            defaultValue = "${env:HINOMI_KAFKA:-localhost:9092}",
            paramLabel = "HOST:PORT")
    private String kafka;

    @Option(names = "--city", defaultValue = "${env:HINOMI_CITY}", paramLabel = "DIR")
    private Path city;

    @Option(names = "--partitions", defaultValue = "${env:HINOMI_PARTITIONS:-4}", paramLabel = "N")
    private int partitions;

    @Option(names = "--listen", defaultValue = "0.0.0.0", paramLabel = "ADDRESS")
    private String listen;

    @Option(names = "--syslog-port", defaultValue = "5514", paramLabel = "PORT")
    private int syslog;

    @Option(names = "--http-port", defaultValue = "8088", paramLabel = "PORT")
    private int http;

    @Mixin
    private ReceiverOptions options = new ReceiverOptions();

    ReceiveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.toConsole();
        if (city == null) {
            throw new ParameterException(spec.commandLine(), context.texts().get("receive.no-city"));
        }
        ReceiverChoice choice = options.choice(context.texts());
        Optional<String> token =
                Optional.ofNullable(System.getenv("HINOMI_INGEST_TOKEN")).filter(text -> !text.isBlank());
        City known = CityFolder.read(city, problem -> context.terminal().err().println(problem));
        StopSignal stop = StopSignal.install();
        TopicSetup.ensure(kafka, partitions);
        ReceiverSettings settings =
                ReceiverSettings.of(known, kafka, token.orElse("unused")).withHost(listen);
        int httpPort = token.isPresent() ? http : ReceiverPorts.OFF;
        try (Receivers receivers = Receivers.start(choice.applied(settings, syslog, httpPort, Optional.empty()))) {
            context.terminal().out().println(context.texts().get("receive.ready", opened(receivers), kafka));
            while (!stop.await(Duration.ofHours(1))) {
                // Nothing to do: the receivers have threads of their own.
                continue;
            }
        }
        return 0;
    }

    private String opened(Receivers receivers) {
        List<String> ways = new ArrayList<>();
        for (Way way : Way.values()) {
            if (receivers.port(way) != ReceiverPorts.OFF) {
                ways.add(way.title() + " " + receivers.port(way));
            } else if (way == Way.HTTP) {
                ways.add("HTTP " + context.texts().get("receive.no-http"));
            }
        }
        return String.join(", ", ways);
    }
}
