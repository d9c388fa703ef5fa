package jp.hinomi.alerting.alarm;

import java.time.Instant;
import jp.hinomi.alerting.delivery.Leased;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.delivery.Outcomes;
import jp.hinomi.alerting.store.Escalations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dead letter makes the escalations that wait for its recipient go on, and raises an alarm; the next message that arrives
 * over that channel settles it. Thread-safe.
 */
public final class DeliveryOutcomes implements Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryOutcomes.class);

    private final Outbox outbox;
    private final Escalations escalations;
    private final AlarmDesk alarms;

    public DeliveryOutcomes(Outbox outbox, Escalations escalations, AlarmDesk alarms) {
        this.outbox = outbox;
        this.escalations = escalations;
        this.alarms = alarms;
    }

    @Override
    public void sent(Leased message, Instant now) {
        String channel = message.channelType() + ":" + message.address();
        alarms.settle(Alarm.Kind.DEAD_LETTER, channel, "system", now);
        alarms.settle(Alarm.Kind.FAILING, channel, "system", now);
    }

    @Override
    public void dead(Leased message, String reason, Instant now) {
        // Nobody can answer what never arrived: the next step need not wait for its time.
        outbox.alertsOf(message).forEach(alert -> escalations.unreachable(alert, message.contactId(), now));
        if ("alarm".equals(message.kind())) {
            // No alarm about an alarm: it would have no better way, and come round in a circle.
            LOG.error("An alarm could not be sent to {}: {}. It stands in the console.", message.address(), reason);
            return;
        }
        if ("test".equals(message.kind())) {
            // Whoever asked for it looks at the result.
            return;
        }
        alarms.raise(Alarm.deadLetter(message.contactId(), message.channelType(), message.address(), reason), now);
    }
}
