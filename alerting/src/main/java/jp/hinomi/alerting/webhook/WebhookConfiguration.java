package jp.hinomi.alerting.webhook;

import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.EgressGuard;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.web.PublicUrl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How programs are told of changes. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {
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
