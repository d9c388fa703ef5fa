package jp.hinomi.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.Logging;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.up.Progress;
import jp.hinomi.standalone.up.Step;
import jp.hinomi.standalone.up.UpPorts;
import jp.hinomi.standalone.up.UpSettings;
import jp.hinomi.standalone.up.WatchtowerStart;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;

/**
 * {@code hinomi warm-up}: starts everything once on a folder of its own and stops it. The launcher runs it after a build, so
 * that Java can archive the classes that a start needs; later starts take half the time. Not for users.
 */
@Command(name = "warm-up", hidden = true, mixinStandardHelpOptions = true)
final class WarmUpCommand implements Callable<Integer> {
    private final Context context;

    WarmUpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("hinomi-warm-up");
        Logging.toFolder(data.resolve("log"));
        Terminal.silenceLibraries();
        try {
            UpSettings settings = new UpSettings(
                    data,
                    Installation.exampleCity(),
                    List.of(Installation.shippedRules()),
                    new UpPorts(0, 0, 0, 0, 0),
                    "127.0.0.1",
                    Duration.ofSeconds(1),
                    Map.of(),
                    Optional.empty());
            WatchtowerStart.start(settings, context.texts(), new Silent(), () -> false)
                    .close();
            return 0;
        } finally {
            FileUtils.deleteQuietly(data.toFile());
        }
    }

    private static final class Silent implements Progress {
        @Override
        public void begun(Step step) {}

        @Override
        public void done(Step step, String detail) {}

        @Override
        public void failed(Step step) {}

        @Override
        public void warning(String text) {}
    }
}
