package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.correlation.retro.RetroReader;
import jp.hinomi.correlation.retro.RetroSettings;
import jp.hinomi.correlation.retro.RetroWatch;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Logging;
import jp.hinomi.standalone.terminal.StopSignal;
import org.apache.kafka.common.errors.WakeupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code hinomi intel retro}: looks new indicators up in the events of the past and raises alerts, for a deployment of several
 * machines; {@code hinomi up} does it by itself.
 */
@Command(name = "retro", mixinStandardHelpOptions = true)
final class IntelRetroCommand implements Callable<Integer> {
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

    @Option(names = "--once")
    private boolean once;

    IntelRetroCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.toConsole();
        if (city == null) {
            throw new ParameterException(spec.commandLine(), context.texts().get("receive.no-city"));
        }
        City known = CityFolder.read(city, problem -> context.terminal().err().println(problem));
        RetroSettings settings = RetroSettings.of(kafka, known);
        StopSignal stop = StopSignal.install();
        if (once) {
            return once(settings, stop);
        }
        try (RetroWatch watch = RetroWatch.start(settings)) {
            context.terminal().out().println(context.texts().get("intel.retro.ready", kafka));
            while (!stop.await(Duration.ofHours(1))) {
                // Nothing to do: it has a thread of its own.
                continue;
            }
            watch.close();
        }
        return 0;
    }

    private int once(RetroSettings settings, StopSignal stop) {
        try (RetroReader reader = new RetroReader(settings, stop::isWanted)) {
            reader.begin();
            context.terminal().out().println(context.texts().get("intel.retro.done", reader.toTheEnd()));
            return 0;
        } catch (WakeupException e) {
            context.terminal().err().println(context.texts().get("intel.retro.stopped"));
            return 1;
        }
    }
}
