package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Escalations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets what is held back be told earlier than was planned. Each call belongs into a transaction of the caller. Thread-safe. */
public final class Releases {
    private final JdbcClient jdbc;
    private final Escalations escalations;
    private final AuditLog audit;

    public Releases(JdbcClient jdbc, Escalations escalations, AuditLog audit) {
        this.jdbc = jdbc;
        this.escalations = escalations;
        this.audit = audit;
    }

    /**
     * The digests of those inboxes are due then, if that is earlier than they were; of whoever is off call not before they are
     * on call. The time that people have to answer begins with them.
     *
     * @param why kept with what was held
     * @return how many digests come earlier
     */
    int tell(List<String> inboxes, Instant at, Bilingual why, Instant now) {
        lockAlerts(inboxes);
        int earlier = jdbc.sql("""
                update delivery digest set next_attempt_at = sooner.at
                from (select d.id, greatest(cast(:at as timestamptz), min(held.next_attempt_at)) as at
                    from delivery d left join delivery held on held.state = 'held' and held.contact_id = d.contact_id
                        and held.inbox = d.rule_id and held.channel_type = d.channel_type and held.address = d.address
                    where d.kind = 'digest' and d.message is null and d.state = 'pending' and d.rule_id in (:inboxes)
                    group by d.id) sooner
                where digest.id = sooner.id and digest.next_attempt_at > sooner.at""")
                .param("at", Columns.time(at))
                .param("inboxes", inboxes)
                .update();
        if (earlier == 0) {
            return 0;
        }
        jdbc.sql("""
                update delivery set reasons = (select json_agg(reason order by n) from (
                    select reason, n from json_array_elements(reasons) with ordinality before (reason, n)
                    union all select cast(:why as json), 1000000) every)
                where state = 'held' and inbox in (:inboxes)""")
                .param("why", Columns.json(Decisions.json(why)))
                .param("inboxes", inboxes)
                .update();
        startClocks(inboxes, now);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("why", why.en());
        facts.put("digests", earlier);
        facts.put("at", at.toString());
        inboxes.forEach(inbox -> audit.record(now, "system", "held.released", "inbox:" + inbox, facts));
        return earlier;
    }

    /** @param inbox what it collected */
    record Sent(String inbox, String contact) {}

    /** One digest that collects is due now, and its reader's time to answer begins. Empty if none of that number collects any more. */
    Optional<Sent> tellNow(long digest, Instant now) {
        Optional<String> inbox = jdbc.sql("select rule_id from delivery where id = :id and kind = 'digest'")
                .param("id", digest)
                .query(String.class)
                .optional();
        if (inbox.isEmpty()) {
            return Optional.empty();
        }
        lockAlerts(List.of(inbox.get()));
        Optional<Sent> sent = jdbc.sql("""
                update delivery set next_attempt_at = least(next_attempt_at, :now)
                where id = :id and kind = 'digest' and message is null and state = 'pending'
                returning contact_id""")
                .param("now", Columns.time(now))
                .param("id", digest)
                .query(String.class)
                .optional()
                .map(contact -> new Sent(inbox.get(), contact));
        sent.ifPresent(one -> startClocks(List.of(one.inbox()), now));
        return sent;
    }

    /** As everybody who changes an escalation does first. */
    private void lockAlerts(List<String> inboxes) {
        jdbc.sql("""
                select id from alert where id in (select alert_id from delivery where state = 'held' and inbox in (:inboxes))
                  and exists (select 1 from escalation where alert_id = alert.id and state = 'running')
                order by id for no key update""").param("inboxes", inboxes).query(String.class).list();
    }

    /** Whoever was to be told later is told then, so the time that they have to answer begins then, too. */
    private void startClocks(List<String> inboxes, Instant now) {
        List<Long> concerned =
                jdbc.sql("""
                with sooner as (
                    select held.alert_id, held.contact_id, min(digest.next_attempt_at) as at
                    from delivery held join delivery digest on digest.kind = 'digest' and digest.message is null
                        and digest.state = 'pending' and digest.rule_id = held.inbox
                        and digest.contact_id = held.contact_id and digest.channel_type = held.channel_type
                        and digest.address = held.address
                    where held.state = 'held' and held.inbox in (:inboxes)
                    group by held.alert_id, held.contact_id)
                update escalation_target t set told_at = sooner.at, answer_by = t.answer_by - (t.told_at - sooner.at)
                from escalation e, sooner
                where e.id = t.escalation_id and e.state = 'running' and t.loop = e.loop and t.state = 'waiting'
                  and t.told_at > sooner.at and sooner.alert_id = e.alert_id and sooner.contact_id = t.contact_id
                returning e.id""").param("inboxes", inboxes).query(Long.class).list();
        Set.copyOf(concerned).forEach(escalation -> escalations.waitAnew(escalation, now));
    }
}
