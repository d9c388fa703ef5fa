package jp.hinomi.alerting;

import jp.hinomi.alerting.intake.AlertConsumer;
import jp.hinomi.alerting.store.PoisonRecords;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether alerts are being taken from the topic, and how many of its records were not usable. */
final class IntakeHealth implements HealthIndicator {
    private final AlertConsumer consumer;
    private final PoisonRecords poison;

    IntakeHealth(AlertConsumer consumer, PoisonRecords poison) {
        this.consumer = consumer;
        this.poison = poison;
    }

    @Override
    public Health health() {
        return consumer.trouble()
                .map(reason -> Health.down().withDetail("reason", reason))
                .orElseGet(() -> Health.up().withDetail("poison_records", poison.count()))
                .build();
    }
}
