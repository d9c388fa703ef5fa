package jp.hinomi.alerting.security;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.city.Stakeholder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that within the scope of a stakeholder are that stakeholder's: a transaction with a role that row-level security
 * holds, and that can write nothing. Both end with the transaction, which the pool rolls back at the latest when the connection
 * returns, so that nobody gets one that still has them.
 */
final class ScopedDataSource extends DelegatingDataSource {
    private final ObjectProvider<CityInForce> city;

    ScopedDataSource(DataSource target, ObjectProvider<CityInForce> city) {
        super(target);
        this.city = city;
    }

    /** The highest TLP that a stakeholder may see, as an ordinal; below 0 if the map does not know it any more. */
    private int clearance(String stakeholder) {
        Stakeholder known = city.getObject().get().stakeholders().get(stakeholder);
        return known == null ? -1 : known.maxTlp().ordinal();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        Optional<String> stakeholder = RowScope.current();
        if (stakeholder.isEmpty()) {
            return connection;
        }
        try {
            restrict(connection, stakeholder.get());
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void restrict(Connection connection, String stakeholder) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement settings = connection.prepareStatement(
                "select set_config('hinomi.stakeholder', ?, true), set_config('hinomi.clearance', ?, true)")) {
            settings.setString(1, stakeholder);
            settings.setString(2, Integer.toString(clearance(stakeholder)));
            settings.execute();
        }
        try (Statement role = connection.createStatement()) {
            role.execute("set local role hinomi_stakeholder");
        }
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException("connections are of the one user of the settings");
    }
}
