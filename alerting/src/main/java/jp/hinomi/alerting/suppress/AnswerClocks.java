package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever was to be told later and is told now has from now on the time to answer. */
final class AnswerClocks {
    private final JdbcClient jdbc;

    AnswerClocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Belongs into the transaction that lets them be told.
     *
     * @param inboxes what held it back
     * @param contact absent = of all
     */
    void start(List<String> inboxes, Optional<String> contact, Instant now) {
        // As everybody who changes an escalation does first.
        jdbc.sql("select id from alert where id in (select alert_id from delivery where state = 'held'"
                        + " and inbox in (:inboxes)) order by id for no key update")
                .param("inboxes", inboxes)
                .query(String.class)
                .list();
        List<Long> escalations = jdbc.sql("""
                update escalation_target t set told_at = :now, answer_by = t.answer_by - (t.told_at - :now)
                from escalation e, delivery d
                where e.id = t.escalation_id and e.state = 'running' and t.loop = e.loop and t.state = 'waiting'
                  and t.told_at > :now and d.alert_id = e.alert_id and d.contact_id = t.contact_id
                  and d.state = 'held' and d.inbox in (:inboxes) and (:contact = '' or d.contact_id = :contact)
                returning e.id""")
                .param("now", Columns.time(now))
                .param("inboxes", inboxes)
                .param("contact", contact.orElse(""))
                .query(Long.class)
                .list();
        if (escalations.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update escalation e set next_at = least(e.next_at, (select min(t.answer_by) from escalation_target t
                    where t.escalation_id = e.id and t.loop = e.loop and t.step = e.step and t.state = 'waiting'))
                where e.id in (:escalations) and e.next_at is not null""").param("escalations", escalations).update();
    }
}
