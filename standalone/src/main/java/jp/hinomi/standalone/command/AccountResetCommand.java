package jp.hinomi.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.security.AccountReset;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.embedded.CannotStartException;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.up.UpSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code hinomi account reset}: a new password for who can log in no more. Whoever may read the data folder may do it; that
 * is who could change anything there anyway. Works while {@code up} runs on the folder and while it does not, and on the
 * database of a distributed deployment.
 */
@Command(name = "reset", mixinStandardHelpOptions = true)
final class AccountResetCommand implements Callable<Integer> {
    private final Context context;
    private final Map<String, String> environment;

    @Option(names = "--data", paramLabel = "DIR")
    private Path data;

    @Option(names = "--account", paramLabel = "NAME")
    private String account = Accounts.FIRST;

    AccountResetCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        String url = environment.get("HINOMI_DATABASE_URL");
        String password = data == null && url != null && !url.isBlank()
                ? reset(new AlertingSettings.Database(
                        url,
                        environment.getOrDefault("HINOMI_DATABASE_USER", "hinomi"),
                        environment.getOrDefault("HINOMI_DATABASE_PASSWORD", "")))
                : inFolder(data == null ? Path.of("var") : data);
        context.terminal().out().println(context.texts().get("account.reset", account, password));
        return 0;
    }

    private String inFolder(Path folder) {
        Path postgres = UpSettings.postgresFolder(folder);
        if (!Files.isDirectory(postgres)) {
            throw new CannotStartException(context.texts().get("account.no-data", Installation.shown(folder)));
        }
        Optional<PostgresServer.Access> running = PostgresServer.running(postgres, UpSettings.DATABASE);
        if (running.isPresent()) {
            return reset(database(running.get()));
        }
        try (PostgresServer server = PostgresServer.start(new PostgresServer.Settings(postgres, 0))) {
            server.createDatabaseIfMissing(UpSettings.DATABASE);
            return reset(database(server.access(UpSettings.DATABASE)));
        }
    }

    private static AlertingSettings.Database database(PostgresServer.Access access) {
        return new AlertingSettings.Database(access.jdbcUrl(), access.user(), access.password());
    }

    private String reset(AlertingSettings.Database database) {
        String actor = "os-user:" + System.getProperty("user.name");
        return AccountReset.reset(database, account, actor, Instant.now());
    }
}
