package jp.hinomi.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.embedded.PostgresServer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL server for all tests of this process; it ends with it. Each test takes a database of its own. Thread-safe. */
public final class TestPostgres {
    private final String serverUrl;
    private final String user;
    private final String password;
    private final AtomicInteger databases = new AtomicInteger();

    /** An empty database. The user is a superuser. */
    public record Database(String jdbcUrl, String user, String password) {
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /** @param serverUrl ends before the database's name */
    private TestPostgres(String serverUrl, String user, String password) {
        this.serverUrl = serverUrl;
        this.user = user;
        this.password = password;
    }

    /** Started at first use. */
    public static TestPostgres shared() {
        return Holder.SHARED;
    }

    private static final class Holder {
        private static final TestPostgres SHARED = start();
    }

    private static TestPostgres start() {
        return Docker.start("postgres", PostgreSQLContainer::new)
                .map(container -> new TestPostgres(
                        "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/",
                        container.getUsername(),
                        container.getPassword()))
                .orElseGet(TestPostgres::startHere);
    }

    private static TestPostgres startHere() {
        Path folder = TestFolder.create("postgres");
        PostgresServer server = PostgresServer.start(new PostgresServer.Settings(folder, 0));
        TestFolder.removeAtExit(folder, server);
        return new TestPostgres(server.jdbcUrl(""), server.user(), server.password());
    }

    public Database newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(serverUrl + "postgres", user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
        return new Database(serverUrl + name, user, password);
    }
}
