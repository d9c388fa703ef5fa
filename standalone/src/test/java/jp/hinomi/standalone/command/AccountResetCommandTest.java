package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.standalone.up.UpSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class AccountResetCommandTest {
    @TempDir
    private Path data;

    private PostgresServer server() {
        return PostgresServer.start(new PostgresServer.Settings(UpSettings.postgresFolder(data), 0));
    }

    private String reset() {
        CommandRun run = CommandRun.of("account", "reset", "--data", data.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("admin / ").contains("only this once");
        return run.out().split("[ ]+")[2];
    }

    private String verify(int code) {
        CommandRun run = CommandRun.of("audit", "verify", "--data", data.toString());
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        return run.out();
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(UpSettings.DATABASE), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    @Test
    void sets_a_password_while_the_database_runs_and_while_it_does_not() throws Exception {
        BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
        String hash = "select password_hash from account where name = 'admin'";
        try (PostgresServer running = server()) {
            running.createDatabaseIfMissing(UpSettings.DATABASE);
            assertThat(bcrypt.matches(reset(), query(running, hash))).isTrue();
        }
        String second = reset();
        try (PostgresServer running = server()) {
            assertThat(bcrypt.matches(second, query(running, hash))).isTrue();
            assertThat(query(running, "select string_agg(action, ' ' order by seq) from audit_log"))
                    .isEqualTo("account.created account.password-reset");
            assertThat(query(running, "select actor from audit_log where seq = 2"))
                    .startsWith("os-user:");
            assertThat(verify(0)).contains("whole: 2 rows");
            try (Connection connection = DriverManager.getConnection(
                            running.jdbcUrl(UpSettings.DATABASE), running.user(), running.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("alter table audit_log disable trigger audit_log_append_only");
                statement.execute("update audit_log set actor = 'nobody' where seq = 1");
            }
            assertThat(verify(1)).contains("Row 1 does not follow", "NOT as it was written");
        }
    }

    @Test
    void says_where_to_look_if_there_is_no_data() {
        CommandRun run = CommandRun.of(
                "account", "reset", "--data", data.resolve("elsewhere").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("elsewhere", "--data", "HINOMI_DATABASE_URL");
    }
}
