package jp.hinomi.alerting;

import jp.hinomi.alerting.api.ProposalApi;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.console.ExceptionPages;
import jp.hinomi.alerting.console.ProposalPages;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.proposal.ExceptionDesk;
import jp.hinomi.alerting.proposal.PastAlerts;
import jp.hinomi.alerting.proposal.ProposedExceptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes of rules that people propose. */
@Configuration(proxyBeanMethods = false)
@Import({ExceptionPages.class, ProposalPages.class, ProposalApi.class})
class ProposalConfiguration {
    private static final String APPROVAL = "HINOMI_RULE_APPROVAL";

    @Bean
    ProposedExceptions proposedExceptions(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Environment environment) {
        return new ProposedExceptions(
                jdbc, transaction, audit, needsSecond(environment.getProperty(APPROVAL, "second-person")));
    }

    private static boolean needsSecond(String given) {
        return switch (given.strip()) {
            case "second-person" -> true;
            case "anybody" -> false;
            default ->
                throw new IllegalArgumentException(APPROVAL + " is '" + given
                        + "': give second-person (whoever proposes does not approve) or anybody");
        };
    }

    @Bean
    PastAlerts pastAlerts(JdbcClient jdbc) {
        return new PastAlerts(jdbc);
    }

    @Bean
    ExceptionDesk exceptionDesk(
            JdbcClient jdbc, RuleBook book, PastAlerts past, ProposedExceptions proposals, CityInForce city) {
        return new ExceptionDesk(jdbc, book, past, proposals, city);
    }
}
