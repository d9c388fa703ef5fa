package jp.hinomi.alerting;

import jp.hinomi.alerting.store.PoisonRecords;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether records of the topic wait for somebody because they could not be taken. Everything else goes on meanwhile, so
 * this is no reason to restart anything: it counts for the health as a whole, not for readiness.
 */
final class RecordsHealth implements HealthIndicator {
    /** Works, but not all of it. */
    static final String DEGRADED = "DEGRADED";

    private final PoisonRecords records;

    RecordsHealth(PoisonRecords records) {
        this.records = records;
    }

    @Override
    public Health health() {
        long waiting = records.count();
        return (waiting == 0 ? Health.up() : Health.status(DEGRADED))
                .withDetail("unusable_records", waiting)
                .build();
    }
}
