package jp.hinomi.alerting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jp.hinomi.testing.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-07-01T01:02:03.123456789Z");

    private TestPostgres.Database database;
    private TransactionTemplate transaction;
    private AuditLog log;
    private JdbcClient jdbc;

    @BeforeEach
    void migrate() {
        database = TestPostgres.shared().newDatabase();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:jp/hinomi/alerting/migration")
                .load()
                .migrate();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        jdbc = JdbcClient.create(source);
        log = new AuditLog(jdbc);
    }

    private void record(String object) {
        transaction.executeWithoutResult(
                status -> log.record(NOW, "account:admin", "alert.acknowledged", object, Map.of("note", "見ました")));
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table audit_log disable trigger audit_log_append_only");
            statement.execute(sql);
        }
    }

    @Test
    void writersInParallelMakeOneWholeChain() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String object = "alert:" + i;
            writers.add(pool.submit(() -> record(object)));
        }
        for (Future<?> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        pool.shutdown();
        AuditLog.Verification verification = log.verify();
        assertThat(verification.rows()).isEqualTo(40);
        assertThat(verification.broken()).isEmpty();
    }

    @Test
    void aRolledBackTransactionLeavesNothing() {
        transaction.executeWithoutResult(status -> {
            log.record(NOW, "system", "alert.received", "alert:x", Map.of());
            status.setRollbackOnly();
        });
        assertThat(log.verify().rows()).isZero();
    }

    @Test
    void anEntryOutsideATransactionIsAnError() {
        assertThatThrownBy(() -> log.record(NOW, "system", "x", "y", Map.of())).hasMessageContaining("transaction");
    }

    @Test
    void theTableRefusesChanges() {
        record("alert:1");
        assertThatThrownBy(() -> {
                    try (Connection connection = database.connect();
                            Statement statement = connection.createStatement()) {
                        statement.execute("update audit_log set actor = 'somebody else'");
                    }
                })
                .hasMessageContaining("append-only");
    }

    @Test
    void aChangedRowIsFound() throws SQLException {
        for (int i = 1; i <= 5; i++) {
            record("alert:" + i);
        }
        tamper("update audit_log set detail = '{}' where seq = 3");
        assertThat(log.verify().broken()).contains(3L);
    }

    private List<AuditVerification.Finding.Kind> findings(List<Checkpoint> outside) {
        return AuditVerification.verify(jdbc, outside).findings().stream()
                .map(AuditVerification.Finding::kind)
                .toList();
    }

    @Test
    void aCutOffEndIsFoundByACheckpoint() throws SQLException {
        Checkpoints checkpoints = new Checkpoints(jdbc, Optional.empty());
        for (int i = 1; i <= 5; i++) {
            record("alert:" + i);
        }
        assertThat(checkpoints.write(NOW)).get().extracting(Checkpoint::seq).isEqualTo(5L);
        assertThat(checkpoints.write(NOW)).as("it has not grown").isEmpty();
        record("alert:6");
        assertThat(findings(List.of())).isEmpty();

        // Whoever cuts off the end and puts the head right leaves a whole chain.
        tamper("delete from audit_log where seq > 3");
        tamper("update audit_head set seq = 3, hash = (select hash from audit_log where seq = 3)");
        assertThat(log.verify().broken()).isEmpty();
        assertThat(findings(List.of())).containsExactly(AuditVerification.Finding.Kind.CUT_OFF);
    }

    @Test
    void oneWhoChangesTheWholeDatabaseIsFoundByCheckpointsOutsideOfIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("checkpoints.log");
        Checkpoints checkpoints = new Checkpoints(jdbc, Optional.of(file));
        for (int i = 1; i <= 3; i++) {
            record("alert:" + i);
            checkpoints.write(NOW);
        }
        List<Checkpoint> outside = Files.readAllLines(file).stream()
                .map(line -> Checkpoint.ofLine(line).orElseThrow())
                .toList();
        assertThat(outside).hasSize(3).allMatch(Checkpoint::isGenuine);
        assertThat(findings(outside)).isEmpty();

        tamper("alter table audit_checkpoint disable trigger audit_checkpoint_append_only");
        tamper("delete from audit_log");
        tamper("delete from audit_checkpoint");
        tamper("update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')");
        for (int i = 1; i <= 3; i++) {
            record("another story:" + i);
        }
        assertThat(findings(List.of())).as("the database alone looks well").isEmpty();
        assertThat(findings(outside)).containsExactly(AuditVerification.Finding.Kind.REWRITTEN);

        Checkpoint last = outside.get(2);
        assertThat(findings(List.of(new Checkpoint(9, last.hash(), last.at(), last.key(), last.signature()))))
                .contains(AuditVerification.Finding.Kind.FORGED);
    }

    @Test
    void aMissingRowIsFound() throws SQLException {
        for (int i = 1; i <= 5; i++) {
            record("alert:" + i);
        }
        tamper("delete from audit_log where seq = 5");
        assertThat(log.verify().broken()).contains(5L);
        tamper("delete from audit_log where seq = 2");
        assertThat(log.verify().broken()).contains(2L);
    }
}
