package jp.hinomi.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;

/** Starts PostgreSQL in the folder of its argument, commits one row, says so, and waits to be killed. */
final class PostgresChild {
    private PostgresChild() {}

    public static void main(String[] arguments) throws Exception {
        PostgresServer server = PostgresServer.start(new PostgresServer.Settings(Path.of(arguments[0]), 0));
        server.createDatabaseIfMissing("city");
        try (var connection = DriverManager.getConnection(server.jdbcUrl("city"), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE alert (id text)");
            statement.execute("INSERT INTO alert VALUES ('written before the kill')");
        }
        System.out.println(ChildProcess.READY);
        Thread.currentThread().join();
    }
}
