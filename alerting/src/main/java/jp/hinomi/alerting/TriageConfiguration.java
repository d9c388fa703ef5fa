package jp.hinomi.alerting;

import java.time.InstantSource;
import javax.sql.DataSource;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.ShortLinks;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.console.AlertQueries;
import jp.hinomi.alerting.console.FacetQueries;
import jp.hinomi.alerting.console.PlannedAnew;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.SearchIndex;
import jp.hinomi.alerting.triage.BulkActions;
import jp.hinomi.alerting.triage.BulkRunner;
import jp.hinomi.alerting.triage.SavedViews;
import jp.hinomi.alerting.triage.Triage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What analysts do with alerts. */
@Configuration(proxyBeanMethods = false)
class TriageConfiguration {
    @Bean
    Triage triage(
            JdbcClient jdbc,
            Alerts alerts,
            Acknowledgements acknowledgements,
            Incidents incidents,
            AuditLog audit,
            TransactionTemplate transaction) {
        return new Triage(jdbc, alerts, acknowledgements, incidents, audit, transaction);
    }

    @Bean
    BulkActions bulkActions(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        return new BulkActions(jdbc, audit, transaction);
    }

    @Bean
    SavedViews savedViews(JdbcClient jdbc) {
        return new SavedViews(jdbc);
    }

    @Bean
    FacetQueries facetQueries(AlertQueries alerts, DataSource source) {
        return new FacetQueries(alerts, PlannedAnew.of(source));
    }

    @Bean
    TriageLoops triageLoops(
            JdbcClient jdbc,
            Triage triage,
            Incidents incidents,
            TransactionTemplate transaction,
            ShortLinks links,
            InstantSource clock) {
        return new TriageLoops(
                new BulkRunner(jdbc, triage, incidents, transaction, clock), new SearchIndex(jdbc, transaction), links);
    }
}
