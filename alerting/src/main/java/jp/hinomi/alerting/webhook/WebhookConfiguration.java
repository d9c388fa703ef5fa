package jp.hinomi.alerting.webhook;

import java.time.Duration;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.EgressGuard;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.web.PublicUrl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How programs are told of changes. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {
    private static final String KEPT = "HINOMI_WEBHOOK_EVENTS_DAYS";

    @Bean
    EventRetention eventRetention(JdbcClient jdbc, TransactionTemplate transaction, Environment environment) {
        return new EventRetention(jdbc, transaction, days(environment.getProperty(KEPT, "30")));
    }

    private static Duration days(String given) {
        if (!given.strip().matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(KEPT + " is '" + given
                    + "': give for how many days events that webhooks were told are kept, from 1 to 9999");
        }
        return Duration.ofDays(Long.parseLong(given.strip()));
    }

    @Bean
    EventWriter eventWriter(CityInForce city, PublicUrl publicUrl) {
        return new EventWriter(city.get().id(), publicUrl);
    }

    @Bean
    Webhooks webhooks(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, CityInForce city, EventWriter writer) {
        return new Webhooks(
                jdbc,
                transaction,
                audit,
                city,
                new Destination(new EgressGuard(() -> city.get().notification().egress())),
                writer);
    }

    @Bean
    WebhookFeed webhookFeed(
            JdbcClient jdbc, TransactionTemplate transaction, Webhooks webhooks, EventWriter writer, CityInForce city) {
        return new WebhookFeed(jdbc, transaction, webhooks, new Subjects(jdbc), writer, city);
    }
}
