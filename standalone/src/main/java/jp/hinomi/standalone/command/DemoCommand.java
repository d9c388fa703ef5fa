package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.alerting.SmtpSettings;
import jp.hinomi.embedded.CannotStartException;
import jp.hinomi.standalone.demo.Demo;
import jp.hinomi.standalone.mail.MailCatcher;
import jp.hinomi.standalone.up.UpProgram;
import jp.hinomi.standalone.up.UpSettings;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi demo}: a city in a minute, on this machine only. */
@Command(name = "demo", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    /** The replay sends everything in order, so nobody has to wait long for stragglers. */
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(3);
    /** Says that a folder holds nothing but an earlier demonstration. */
    private static final String MARKER = ".hinomi-demo";

    private final Context context;

    @Mixin
    private UpOptions options = new UpOptions();

    @Option(names = "--data", defaultValue = "var/demo", paramLabel = "DIR")
    private Path data;

    @Option(names = "--smtp-port", defaultValue = "1025", paramLabel = "PORT")
    private int smtpPort;

    @Option(names = "--inbox-port", defaultValue = "8025", paramLabel = "PORT")
    private int inboxPort;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        beginAnew();
        try (MailCatcher catcher = startCatcher()) {
            UpSettings settings = options.settings(data, LOOPBACK, OUT_OF_ORDER, Map.of())
                    .withSmtp(SmtpSettings.plain(LOOPBACK, catcher.smtpPort()));
            return new UpProgram(context).run(settings, new Demo(context, catcher.inbox()));
        }
    }

    private MailCatcher startCatcher() throws IOException {
        try {
            return MailCatcher.start(smtpPort, inboxPort, context.texts());
        } catch (IOException | RuntimeException e) {
            throw new CannotStartException(context.texts().get("demo.ports", smtpPort, inboxPort, e.getMessage()), e);
        }
    }

    /** Every demonstration starts with an empty city; a folder that is not an earlier one is left alone. */
    private void beginAnew() throws IOException {
        Path marker = data.resolve(MARKER);
        if (Files.exists(marker)) {
            jp.hinomi.embedded.FolderLock.take(data).close();
            FileUtils.deleteDirectory(data.toFile());
        } else if (Files.isDirectory(data) && data.toFile().list().length > 0) {
            throw new CannotStartException(context.texts().get("demo.folder", data.toAbsolutePath()));
        }
        try {
            Files.createDirectories(data);
            Files.createFile(marker);
        } catch (IOException e) {
            throw new CannotStartException(
                    context.texts().get("demo.unwritable", data.toAbsolutePath(), e.getMessage()), e);
        }
    }
}
