package jp.hinomi.alerting.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Raises alarms: kept, shown, and told to the promoter once while they last. An alarm whose own message dies raises none; it
 * stays visible as not told. Each call belongs into a transaction of the caller. Thread-safe.
 */
public final class AlarmDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final AlarmMessages messages;
    private final AuditLog audit;
    private final CityInForce city;
    private final Duration patience;

    /** @param patience how long an alarm's message is tried */
    public AlarmDesk(
            JdbcClient jdbc,
            Outbox outbox,
            AlarmMessages messages,
            AuditLog audit,
            CityInForce city,
            Duration patience) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.messages = messages;
        this.audit = audit;
        this.city = city;
        this.patience = patience;
    }

    private record Kept(long id, boolean isNew) {}

    /** True if it is new; one that lasts is counted. */
    public boolean raise(Alarm alarm, Instant now) {
        Kept kept = jdbc.sql("""
                insert into alarm (kind, object, text_ja, text_en, raised_at, last_at)
                values (:kind, :object, :ja, :en, :now, :now)
                on conflict (kind, object) where settled_at is null
                do update set found = alarm.found + 1, last_at = excluded.last_at
                returning id, xmax = 0 as is_new""")
                .param("kind", alarm.kind().word())
                .param("object", Columns.text(alarm.object()))
                .param("ja", Columns.text(alarm.text().ja()))
                .param("en", Columns.text(alarm.text().en()))
                .param("now", Columns.time(now))
                .query((row, number) -> new Kept(row.getLong("id"), row.getBoolean("is_new")))
                .single();
        if (!kept.isNew()) {
            return false;
        }
        LOG.error("Alarm ({}): {}", alarm.kind().word(), alarm.text().en());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", alarm.kind().word());
        facts.put("object", alarm.object());
        facts.put("text", alarm.text().en());
        audit.record(now, "system", "alarm.raised", "alarm:" + kept.id(), facts);
        tell(kept.id(), alarm, now);
        return true;
    }

    /** The promoter's first contact that can be reached by another channel than the one that does not work. */
    private void tell(long id, Alarm alarm, Instant now) {
        Stakeholder promoter = city.get().promoter();
        for (Contact contact : promoter.contacts()) {
            List<Channel> usable = contact.channels().stream()
                    .filter(channel -> !alarm.deaf().equals(Optional.of(channel.type() + ":" + channel.address())))
                    .toList();
            for (Channel channel : usable) {
                outbox.addAlarm(
                        new Outbox.OwnMessage(
                                id, promoter, contact, channel, messages.write(id, alarm, promoter, channel, now)),
                        now.plus(patience),
                        now);
            }
            if (!usable.isEmpty()) {
                return;
            }
        }
        LOG.error("Nobody can be told of the alarm: the promoter has no other channel. It stands in the console.");
    }

    /** What it was about works again. */
    public void settle(Alarm.Kind kind, String object, String actor, Instant now) {
        settle("kind = :a and object = :b", Map.of("a", kind.word(), "b", Columns.text(object)), actor, now);
    }

    /** Somebody has taken note of it. False if there is no such alarm, or it is settled. */
    public boolean settle(long id, String actor, Instant now) {
        return settle("id = :a", Map.of("a", id), actor, now);
    }

    private boolean settle(String which, Map<String, ?> values, String actor, Instant now) {
        List<Long> settled = jdbc.sql("update alarm set settled_at = :now, settled_by = :actor where " + which
                        + " and settled_at is null returning id")
                .params(values)
                .param("actor", actor)
                .param("now", Columns.time(now))
                .query(Long.class)
                .list();
        settled.forEach(id -> audit.record(now, actor, "alarm.settled", "alarm:" + id, Map.of()));
        return !settled.isEmpty();
    }

    /** How many last. */
    public long open() {
        return jdbc.sql("select count(*) from alarm where settled_at is null")
                .query(Long.class)
                .single();
    }
}
