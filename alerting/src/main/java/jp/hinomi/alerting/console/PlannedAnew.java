package jp.hinomi.alerting.console;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * For statements whose best plan depends on the values they are given, as that of a list depends on how often its filter lets an
 * alert through. The driver would name a statement at its fifth use, and the server would then settle on one plan for all values.
 */
public final class PlannedAnew extends JdbcTemplate {
    private PlannedAnew(DataSource source) {
        super(source);
    }

    public static JdbcClient of(DataSource source) {
        return JdbcClient.create(new PlannedAnew(source));
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        if (statement.isWrapperFor(PGStatement.class)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }
}
