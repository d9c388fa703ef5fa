package jp.hinomi.alerting;

import jp.hinomi.alerting.intake.AlertConsumer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether alerts are being taken from the topic. */
final class IntakeHealth implements HealthIndicator {
    private final AlertConsumer consumer;

    IntakeHealth(AlertConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public Health health() {
        return consumer.trouble()
                .map(reason -> Health.down().withDetail("reason", reason))
                .orElseGet(Health::up)
                .build();
    }
}
