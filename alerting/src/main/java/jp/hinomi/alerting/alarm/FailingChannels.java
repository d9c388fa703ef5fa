package jp.hinomi.alerting.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.delivery.EventTransport;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds channels that have taken nothing for a while although messages were tried again and again: long before they are given
 * up somebody should look. Webhooks of programs have a rule of their own. Thread-safe.
 */
public final class FailingChannels {
    private final JdbcClient jdbc;
    private final AlarmDesk alarms;
    private final CityInForce city;
    private final TransactionTemplate transaction;

    public FailingChannels(JdbcClient jdbc, AlarmDesk alarms, CityInForce city, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.alarms = alarms;
        this.city = city;
        this.transaction = transaction;
    }

    /** Looks once: raises what fails now, settles what does no more. */
    public void look(Instant now) {
        transaction.executeWithoutResult(status -> {
            List<Alarm> failing = failing(now);
            Set<String> objects =
                    failing.stream().map(Alarm::object).map(Columns::text).collect(Collectors.toSet());
            jdbc
                    .sql("select object from alarm where kind = :kind and settled_at is null")
                    .param("kind", Alarm.Kind.FAILING.word())
                    .query(String.class)
                    .list()
                    .stream()
                    .filter(object -> !objects.contains(object))
                    .forEach(object -> alarms.settle(Alarm.Kind.FAILING, object, "system", now));
            alarms.raiseAll(failing, now);
        });
    }

    /** An alarm's own message raises none, nor does a test: whoever asked for it looks. */
    private List<Alarm> failing(Instant now) {
        return jdbc.sql("""
                select d.contact_id, d.channel_type, d.address, min(first.at) as since, count(*) as waiting,
                    max(d.last_error) as error
                from delivery d
                join lateral (select min(a.at) as at from delivery_attempt a
                    where a.delivery_id = d.id and a.at <= :now) first on first.at <= :before
                left join channel_state s on s.contact_id = d.contact_id and s.channel_type = d.channel_type
                    and s.address = d.address
                where d.state = 'pending' and d.attempts > 0 and d.last_error is not null
                  and d.kind not in ('alarm', 'test') and d.channel_type <> :event
                  and (s.last_ok_at is null or s.last_ok_at < first.at or s.last_ok_at > :now)
                group by d.contact_id, d.channel_type, d.address
                order by since, d.contact_id, d.channel_type, d.address""")
                .param("now", Columns.time(now))
                .param(
                        "before",
                        Columns.time(
                                now.minus(city.get().notification().delivery().alarmAfter())))
                .param("event", EventTransport.TYPE)
                .query((row, number) -> Alarm.failing(
                        row.getString("contact_id"),
                        row.getString("channel_type"),
                        row.getString("address"),
                        Columns.instant(row, "since"),
                        row.getLong("waiting"),
                        row.getString("error")))
                .list();
    }
}
