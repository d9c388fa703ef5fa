package jp.hinomi.alerting;

import jp.hinomi.alerting.alarm.AlarmDesk;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether alarms last that nobody has settled. No reason to restart anything: see {@link RecordsHealth}. */
final class AlarmsHealth implements HealthIndicator {
    private final AlarmDesk alarms;

    AlarmsHealth(AlarmDesk alarms) {
        this.alarms = alarms;
    }

    @Override
    public Health health() {
        long open = alarms.open();
        return (open == 0 ? Health.up() : Health.status(RecordsHealth.DEGRADED))
                .withDetail("open_alarms", open)
                .build();
    }
}
