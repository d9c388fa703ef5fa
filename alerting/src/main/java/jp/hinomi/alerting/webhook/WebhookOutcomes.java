package jp.hinomi.alerting.webhook;

import java.time.Instant;
import jp.hinomi.alerting.alarm.Alarm;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.delivery.Leased;
import jp.hinomi.alerting.delivery.Outcomes;
import jp.hinomi.alerting.routing.Bilingual;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Suspends a webhook that takes nothing any more, with an alarm: one that says that it is gone, or that leads where nothing may be
 * sent, at once; else when a message was tried for its whole time and no other arrived meanwhile. A message that is refused while
 * others arrive is a dead letter and nothing more. Thread-safe.
 */
public final class WebhookOutcomes implements Outcomes {
    private final JdbcClient jdbc;
    private final Webhooks webhooks;
    private final AlarmDesk alarms;

    public WebhookOutcomes(JdbcClient jdbc, Webhooks webhooks, AlarmDesk alarms) {
        this.jdbc = jdbc;
        this.webhooks = webhooks;
        this.alarms = alarms;
    }

    @Override
    public void sent(Leased message, Instant now) {
        alarms.settle(Alarm.Kind.DEAD_LETTER, message.contactId(), "system", now);
    }

    @Override
    public void dead(Leased message, String reason, Instant now) {
        boolean ping = "ping".equals(message.kind());
        boolean inTime = now.isBefore(message.deadline());
        if (ping || !(inTime || nothingArrivedSince(message))) {
            return;
        }
        Bilingual why = inTime
                ? new Bilingual("受信側に送れません：" + reason, "It cannot be sent to: " + reason)
                : new Bilingual("期限まで何も届きませんでした：" + reason, "Nothing has arrived until the deadline: " + reason);
        long id = Webhook.idOf(message.contactId());
        webhooks.find(id)
                .filter(webhook -> webhooks.suspend(id, why, "system", now))
                .ifPresent(webhook -> alarms.raise(
                        Alarm.webhookSuspended(
                                message.contactId(), webhook.subscription().name(), why),
                        now));
    }

    private boolean nothingArrivedSince(Leased message) {
        return jdbc.sql("""
                select 1 from channel_state s join delivery d on d.id = :id
                where s.contact_id = d.contact_id and s.channel_type = 'event' and s.last_ok_at >= d.created_at""")
                .param("id", message.id())
                .query(Integer.class)
                .optional()
                .isEmpty();
    }
}
