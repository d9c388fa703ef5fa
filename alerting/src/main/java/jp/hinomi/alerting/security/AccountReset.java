package jp.hinomi.alerting.security;

import java.time.Instant;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.AlertingStartException;
import jp.hinomi.alerting.audit.AuditLog;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives an account a new password without the console, for who can log in no more; alerting may run meanwhile or not. */
public final class AccountReset {
    private AccountReset() {}

    /**
     * The new random password, which is kept nowhere but as a hash. Audited.
     *
     * @param actor who asked for it, for the audit log
     * @throws AlertingStartException if the database does not work
     */
    public static String reset(AlertingSettings.Database database, String account, String actor, Instant now) {
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        try {
            // The database may have been left by an older version, or never used at all.
            Flyway.configure()
                    .dataSource(source)
                    .locations(AlertingSettings.MIGRATIONS)
                    .load()
                    .migrate();
            JdbcClient jdbc = JdbcClient.create(source);
            Accounts accounts = new Accounts(
                    jdbc,
                    new BCryptPasswordEncoder(),
                    new AuditLog(jdbc),
                    new TransactionTemplate(new JdbcTransactionManager(source)));
            return accounts.reset(account, actor, now);
        } catch (DataAccessException | FlywayException e) {
            throw new AlertingStartException(
                    "The database " + database + " does not work: " + e.getMessage()
                            + ". Check its address, user and password, and that it runs.",
                    e);
        }
    }
}
