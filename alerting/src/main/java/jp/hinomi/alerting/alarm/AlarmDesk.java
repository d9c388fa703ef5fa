package jp.hinomi.alerting.alarm;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    public AlarmDesk(JdbcClient jdbc, Outbox outbox, AlarmMessages messages, AuditLog audit, CityInForce city) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.messages = messages;
        this.audit = audit;
        this.city = city;
    }

    private record Kept(long id, boolean isNew) {}

    /** True if it is new; one that lasts is counted. */
    public boolean raise(Alarm alarm, Instant now) {
        Kept kept = keep(alarm, now);
        if (kept.isNew()) {
            tell(kept.id(), 1, alarm, now);
        }
        return kept.isNew();
    }

    /** Of the same kind, found at once: of those that are new one message tells. */
    void raiseAll(List<Alarm> alarms, Instant now) {
        Map<Alarm, Long> raised = new LinkedHashMap<>();
        for (Alarm alarm : alarms) {
            Kept kept = keep(alarm, now);
            if (kept.isNew()) {
                raised.put(alarm, kept.id());
            }
        }
        List<Alarm> all = List.copyOf(raised.keySet());
        if (!all.isEmpty()) {
            Alarm first = all.get(0);
            tell(
                    raised.get(first),
                    1,
                    all.size() == 1
                            ? first
                            : new Alarm(first.kind(), first.object(), Alarm.together(all), first.deaf()),
                    now);
        }
    }

    private Kept keep(Alarm alarm, Instant now) {
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
        if (kept.isNew()) {
            LOG.error("Alarm ({}): {}", alarm.kind().word(), alarm.text().en());
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("kind", alarm.kind().word());
            facts.put("object", alarm.object());
            facts.put("text", alarm.text().en());
            audit.record(now, "system", "alarm.raised", "alarm:" + kept.id(), facts);
        }
        return kept;
    }

    /**
     * Tells of one that lasts once more, in these words, which it keeps.
     *
     * @param found how often it was found: with that number it is told once
     */
    void tellAgain(long id, long found, Alarm alarm, Instant now) {
        jdbc.sql("update alarm set text_ja = :ja, text_en = :en where id = :id")
                .param("ja", Columns.text(alarm.text().ja()))
                .param("en", Columns.text(alarm.text().en()))
                .param("id", id)
                .update();
        tell(id, found, alarm, now);
    }

    /** Kinds of channels whose messages all go the same way: when it is closed for one it may be for all. */
    private static final Set<String> ONE_WAY = Set.of("email", "sms", "voice");

    /**
     * The promoter's first contact that can be reached by another way than those that do not work now; else by another channel
     * than those.
     */
    private void tell(long id, long found, Alarm alarm, Instant now) {
        Set<String> deaf = new HashSet<>(jdbc.sql("select object from alarm where kind = :kind and settled_at is null")
                .param("kind", Alarm.Kind.FAILING.word())
                .query(String.class)
                .list());
        Set<String> closed = deaf.stream()
                .map(channel -> channel.substring(0, Math.max(0, channel.indexOf(':'))))
                .filter(ONE_WAY::contains)
                .collect(Collectors.toSet());
        alarm.deaf().ifPresent(deaf::add);
        boolean told = tell(id, found, alarm, channel -> !closed.contains(channel.type()) && !isIn(deaf, channel), now)
                || tell(id, found, alarm, channel -> !isIn(deaf, channel), now)
                || tell(id, found, alarm, channel -> !alarm.deaf().equals(Optional.of(name(channel))), now);
        if (!told) {
            LOG.error("Nobody can be told of the alarm: the promoter has no other channel. It stands in the console.");
        }
    }

    private static boolean isIn(Set<String> deaf, Channel channel) {
        return deaf.contains(name(channel));
    }

    private static String name(Channel channel) {
        return channel.type() + ":" + channel.address();
    }

    private boolean tell(long id, long found, Alarm alarm, Predicate<Channel> works, Instant now) {
        Stakeholder promoter = city.get().promoter();
        for (Contact contact : promoter.contacts()) {
            List<Channel> usable = contact.channels().stream().filter(works).toList();
            for (Channel channel : usable) {
                outbox.addAlarm(
                        new Outbox.OwnMessage(
                                id,
                                found,
                                promoter,
                                contact,
                                channel,
                                messages.write(id, found, alarm, promoter, channel, now)),
                        now.plus(city.get().notification().delivery().deadline()),
                        now);
            }
            if (!usable.isEmpty()) {
                return true;
            }
        }
        return false;
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
