package jp.hinomi.alerting.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after the alarms that nobody answers: one for each escalation of the city, however many alerts it is about. It ends
 * when none of them is left, and is told again, with their number, when there were more: a storm that nobody answers must not
 * flood whoever looks after all, and an alert of the next day must not pass for a part of it. Thread-safe.
 */
public final class Unanswered {
    private final JdbcClient jdbc;
    private final AlarmDesk alarms;
    private final CityInForce city;
    private final TransactionTemplate transaction;

    public Unanswered(JdbcClient jdbc, AlarmDesk alarms, CityInForce city, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.alarms = alarms;
        this.city = city;
        this.transaction = transaction;
    }

    /** What an escalation that is over has left open. Alarms of before were about one alert each. */
    private static final String LEFT = """
            from escalation e join alert on alert.id = e.alert_id and alert.status = 'open'
            where e.state = 'exhausted' and (:object = 'policy:' || e.policy_id or :object = 'alert:' || e.alert_id)""";

    private record Raised(long id, String object, long found, boolean hasMore) {}

    /** Looks once. */
    public void look(Instant now) {
        // Told no oftener than a storm's digests are.
        Duration pause = city.get().notification().storm().window();
        transaction.executeWithoutResult(status -> {
            // Locked first, and what is left is asked for after: an escalation that ends meanwhile is seen.
            List<Raised> raised = jdbc.sql("""
                    select a.id, a.object, a.found,
                        a.last_at > told.at and told.at <= :before as has_more
                    from alarm a, lateral (
                        select coalesce(max(d.created_at), a.raised_at) as at from delivery d where d.alarm_id = a.id) told
                    where a.settled_at is null and a.kind = :kind order by a.id for update of a skip locked""")
                    .param("kind", Alarm.Kind.UNANSWERED.word())
                    .param("before", Columns.time(now.minus(pause)))
                    .query((row, number) -> new Raised(
                            row.getLong("id"),
                            row.getString("object"),
                            row.getLong("found"),
                            row.getBoolean("has_more")))
                    .list();
            raised.forEach(one -> look(one, now));
        });
    }

    private void look(Raised raised, Instant now) {
        long left = jdbc.sql("select count(*) " + LEFT)
                .param("object", raised.object())
                .query(Long.class)
                .single();
        if (left == 0) {
            alarms.settle(raised.id(), "system", now);
        } else if (raised.hasMore()) {
            Bilingual newest = jdbc.sql("select alert.id, title_ja, title_en " + LEFT
                            + " order by e.updated_at desc, e.id desc limit 1")
                    .param("object", raised.object())
                    .query((row, number) -> new Bilingual(
                            row.getString("title_ja") + "（" + row.getString("id") + "）",
                            row.getString("title_en") + " (" + row.getString("id") + ")"))
                    .single();
            alarms.tellAgain(raised.id(), raised.found(), Alarm.stillUnanswered(raised.object(), left, newest), now);
        }
    }
}
