package jp.hinomi.alerting.delivery;

import java.util.Optional;
import jp.hinomi.alerting.notice.MessageIds;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The thread of an incident in a mailbox. Alerts join incidents after their first mail was written, which never waits for it;
 * so every mail is asked when it is sent. Thread-safe.
 */
public final class IncidentThreads implements MailTransport.Threads {
    private final JdbcClient jdbc;
    private final MessageIds ids;

    public IncidentThreads(JdbcClient jdbc, MessageIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * The message id of the first mail of the incident's first alert that this contact was told of by mail; empty if the alert is
     * in no incident, or is that one itself.
     */
    @Override
    public Optional<String> root(String alertId, String contactId) {
        return jdbc.sql("""
                select first.alert_id from incident_alert mine
                join incident_alert first on first.incident_id = mine.incident_id and first.id < mine.id
                    and first.alert_id <> mine.alert_id and first.detached_at is null
                where mine.alert_id = :alert and mine.detached_at is null
                    and exists (select 1 from delivery d where d.alert_id = first.alert_id and d.contact_id = :contact
                        and d.channel_type = 'email' and d.kind = 'notice' and d.state = 'sent')
                order by mine.incident_id, first.id limit 1""")
                .param("alert", alertId)
                .param("contact", contactId)
                .query((row, n) -> ids.thread(row.getString("alert_id"), contactId))
                .optional();
    }
}
