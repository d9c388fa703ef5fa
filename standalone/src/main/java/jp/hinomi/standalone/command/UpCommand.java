package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import jp.hinomi.standalone.up.UpProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi up}: everything on this machine. */
@Command(name = "up", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(10);

    private final Context context;

    @Mixin
    private UpOptions options = new UpOptions();

    @Mixin
    private ReceiverOptions receivers = new ReceiverOptions();

    @Option(names = "--data", defaultValue = "var", paramLabel = "DIR")
    private Path data;

    @Option(names = "--listen", defaultValue = "0.0.0.0", paramLabel = "ADDRESS")
    private String listen;

    UpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        return new UpProgram(context)
                .run(
                        options.settings(data, listen, OUT_OF_ORDER, System.getenv())
                                .withReceivers(receivers.choice(context.texts())),
                        watchtower -> () -> {});
    }
}
