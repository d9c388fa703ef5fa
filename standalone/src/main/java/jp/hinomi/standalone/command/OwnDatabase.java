package jp.hinomi.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.embedded.CannotStartException;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.up.UpSettings;

/**
 * The database that a command works on: of the folder of {@code up}, whether that runs or not, or of a distributed
 * deployment. Whoever may read the data folder could change anything there anyway.
 */
final class OwnDatabase {
    private final Context context;
    private final Map<String, String> environment;

    OwnDatabase(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    /** @param data folder of {@code up}; null = the database that the environment names, else the usual folder */
    <T> T use(Path data, Function<AlertingSettings.Database, T> work) {
        String url = environment.get("HINOMI_DATABASE_URL");
        if (data == null && url != null && !url.isBlank()) {
            return work.apply(new AlertingSettings.Database(
                    url,
                    environment.getOrDefault("HINOMI_DATABASE_USER", "hinomi"),
                    environment.getOrDefault("HINOMI_DATABASE_PASSWORD", "")));
        }
        return inFolder(data == null ? Path.of("var") : data, work);
    }

    private <T> T inFolder(Path folder, Function<AlertingSettings.Database, T> work) {
        Path postgres = UpSettings.postgresFolder(folder);
        if (!Files.isDirectory(postgres)) {
            throw new CannotStartException(context.texts().get("account.no-data", Installation.shown(folder)));
        }
        Optional<PostgresServer.Access> running = PostgresServer.running(postgres, UpSettings.DATABASE);
        if (running.isPresent()) {
            return work.apply(database(running.get()));
        }
        try (PostgresServer server = PostgresServer.start(new PostgresServer.Settings(postgres, 0))) {
            server.createDatabaseIfMissing(UpSettings.DATABASE);
            return work.apply(database(server.access(UpSettings.DATABASE)));
        }
    }

    private static AlertingSettings.Database database(PostgresServer.Access access) {
        return new AlertingSettings.Database(access.jdbcUrl(), access.user(), access.password());
    }
}
