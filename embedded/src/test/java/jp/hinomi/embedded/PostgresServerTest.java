package jp.hinomi.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    private PostgresServer start() {
        return PostgresServer.start(new PostgresServer.Settings(folder, 0));
    }

    private static List<String> query(PostgresServer server, String database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
                var statement = connection.createStatement()) {
            List<String> values = new ArrayList<>();
            if (statement.execute(sql)) {
                var rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    @Test
    void keeps_rows_over_a_restart() throws Exception {
        String password;
        try (PostgresServer server = start()) {
            password = server.password();
            server.createDatabaseIfMissing("city");
            server.createDatabaseIfMissing("city");
            query(server, "city", "CREATE TABLE t (name text)");
            query(server, "city", "INSERT INTO t VALUES ('火の見')");
            assertThat(query(server, "city", "SHOW server_version").get(0)).startsWith("18.");
        }
        try (PostgresServer server = start()) {
            assertThat(query(server, "city", "SELECT name FROM t")).containsExactly("火の見");
            assertThat(server.password()).isEqualTo(password);
        }
    }

    @Test
    void lets_nobody_in_without_the_password_that_only_its_owner_can_read() throws Exception {
        try (PostgresServer server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "guess"))
                    .hasMessageContaining("authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(folder.resolve("password"))).isEqualTo(server.password());
            assertThat(query(server, "postgres", "SHOW listen_addresses")).containsExactly("127.0.0.1");
        }
    }

    @Test
    void leaves_no_process_behind() throws Exception {
        ProcessHandle postmaster;
        try (PostgresServer server = start()) {
            postmaster = Postmaster.of(folder.resolve("data")).orElseThrow();
            assertThat(postmaster.isAlive()).isTrue();
        }
        // The server removes its pid file just before it ends, which is what stopping waits for.
        assertThat(Postmaster.awaitEnd(postmaster, Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void stops_the_server_that_outlived_its_killed_process_and_resumes() throws Exception {
        try (ChildProcess child = ChildProcess.start(PostgresChild.class, folder.toString())) {
            child.kill();
        }
        ProcessHandle orphan = Postmaster.of(folder.resolve("data")).orElseThrow();
        try (PostgresServer server = start()) {
            assertThat(Postmaster.awaitEnd(orphan, Duration.ofSeconds(60))).isTrue();
            assertThat(query(server, "city", "SELECT id FROM alert")).containsExactly("written before the kill");
        }
    }

    @Test
    void resumes_when_the_server_was_killed_too_and_its_process_id_means_something_else() throws Exception {
        start().close();
        // What a container that was started anew sees: a pid file whose number is somebody else's by now.
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n5432\n\n127.0.0.1\n");
        try (PostgresServer server = start()) {
            assertThat(query(server, "postgres", "SELECT 'alive'")).containsExactly("alive");
        }
    }

    @Test
    void begins_anew_when_the_first_start_was_killed_half_way() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "18");
        Files.writeString(folder.resolve("password"), "half");
        try (PostgresServer server = start()) {
            assertThat(query(server, "postgres", "SELECT 'alive'")).containsExactly("alive");
        }
    }

    @Test
    void never_replaces_a_cluster_that_served_by_an_empty_one() throws Exception {
        start().close();
        Files.delete(folder.resolve("data/PG_VERSION"));
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
    }

    @Test
    void refuses_a_taken_port_and_a_taken_folder() throws Exception {
        try (PostgresServer first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("in use");
            assertThatThrownBy(() ->
                            PostgresServer.start(new PostgresServer.Settings(folder.resolve("other"), first.port())))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("port " + first.port());
        }
    }
}
