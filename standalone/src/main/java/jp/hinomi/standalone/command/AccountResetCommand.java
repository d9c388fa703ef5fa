package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.alerting.security.AccountReset;
import jp.hinomi.alerting.security.Accounts;
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
        String actor = "os-user:" + System.getProperty("user.name");
        String password = new OwnDatabase(context, environment)
                .use(data, database -> AccountReset.reset(database, account, actor, Instant.now()));
        context.terminal().out().println(context.texts().get("account.reset", account, password));
        return 0;
    }
}
