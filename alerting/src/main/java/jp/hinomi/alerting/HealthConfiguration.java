package jp.hinomi.alerting;

import java.time.InstantSource;
import java.util.ServiceLoader;
import jp.hinomi.alerting.api.DrillApi;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.console.AuditQueries;
import jp.hinomi.alerting.console.DrillPages;
import jp.hinomi.alerting.console.HealthPages;
import jp.hinomi.alerting.console.RejectPages;
import jp.hinomi.alerting.console.RejectQueries;
import jp.hinomi.alerting.console.RulePages;
import jp.hinomi.alerting.console.SourceQueries;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.health.HealthConsumer;
import jp.hinomi.alerting.health.HealthStore;
import jp.hinomi.alerting.health.RejectRuns;
import jp.hinomi.alerting.health.RejectSender;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.alerting.learning.Learning;
import jp.hinomi.alerting.learning.ProposalDesk;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.map.CityInForce;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How sources, rules and the job fare, and what is learnt of it. */
@Configuration(proxyBeanMethods = false)
@Import({
    HealthPages.class,
    RejectPages.class,
    RulePages.class,
    DrillApi.class,
    DrillPages.class,
    ProposalConfiguration.class
})
class HealthConfiguration {
    @Bean
    HealthFollower healthFollower(
            AlertingSettings settings, JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
        return new HealthFollower(new HealthConsumer(settings.kafka(), new HealthStore(jdbc), transaction, clock));
    }

    @Bean
    SourceQueries sourceQueries(JdbcClient jdbc) {
        return new SourceQueries(jdbc);
    }

    @Bean
    RejectQueries rejectQueries(JdbcClient jdbc) {
        return new RejectQueries(jdbc);
    }

    @Bean
    RejectRuns rejectRuns(
            AlertingSettings settings,
            CityInForce city,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            InstantSource clock) {
        return new RejectRuns(
                ServiceLoader.load(RejectSender.class).findFirst(),
                settings.kafka(),
                city,
                jdbc,
                transaction,
                audit,
                clock);
    }

    @Bean
    AuditQueries auditQueries(JdbcClient jdbc) {
        return new AuditQueries(jdbc);
    }

    @Bean
    Drills drills(JdbcClient jdbc, AlertIntake intake, AuditLog audit, TransactionTemplate transaction) {
        return new Drills(jdbc, intake, audit, transaction);
    }

    @Bean
    DrillLoop drillLoop(Drills drills, InstantSource clock) {
        return new DrillLoop(drills, clock);
    }

    @Bean
    RuleBook ruleBook(JdbcClient jdbc) {
        return new RuleBook(jdbc);
    }

    @Bean
    Learning learning(JdbcClient jdbc, RuleBook book) {
        return new Learning(jdbc, book);
    }

    @Bean
    ProposalDesk proposalDesk(JdbcClient jdbc, RuleBook book, Learning learning) {
        return new ProposalDesk(jdbc, book, learning);
    }
}
