package jp.hinomi.alerting.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.escalation.OnCall;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.suppress.Hold;
import jp.hinomi.alerting.suppress.Suppression;
import jp.hinomi.city.City;
import jp.hinomi.events.AlertJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells again what nobody has answered since it was told: one message per group, contact and channel, as a digest of what is
 * still open. Thread-safe; several instances share the work.
 */
public final class Repetitions {
    private static final int AT_ONCE = 50;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Suppression suppression;
    private final CityInForce city;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public Repetitions(
            JdbcClient jdbc,
            Outbox outbox,
            Suppression suppression,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.suppression = suppression;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Notices of one group that one channel of a contact was told of. */
    private record Group(String contact, String type, String address, String inbox) {}

    private record Told(
            String alertId, String stakeholder, Set<String> resources, String body, boolean wanted, int number) {}

    /** Does what is due. False if nothing is. */
    public boolean repeatNext() {
        Instant now = clock.instant();
        List<Group> due = jdbc.sql("""
                select contact_id, channel_type, address, inbox from repetition where next_at <= :now
                group by contact_id, channel_type, address, inbox order by min(next_at) limit :most""")
                .param("now", Columns.time(now))
                .param("most", AT_ONCE)
                .query((row, number) -> new Group(
                        row.getString("contact_id"),
                        row.getString("channel_type"),
                        row.getString("address"),
                        row.getString("inbox")))
                .list();
        due.forEach(group -> transaction.executeWithoutResult(status -> repeat(group, now)));
        return !due.isEmpty();
    }

    private void repeat(Group group, Instant now) {
        // As whoever holds a notice back: two instances at the same group would tell it twice.
        outbox.lockInbox(group.contact(), group.address(), group.inbox());
        List<Told> all = told(group);
        boolean isDue = query(group, "select exists (select 1 from repetition where next_at <= :now and " + OF + ")")
                .param("now", Columns.time(now))
                .query(Boolean.class)
                .single();
        if (!isDue) {
            return;
        }
        Optional<City.ContactOf> contact = city.get().contact(group.contact());
        String inbox = Hold.inboxOfRepeated(group.inbox());
        boolean any = false;
        for (Told told : all) {
            Optional<Duration> again = contact.isEmpty() || !told.wanted()
                    ? Optional.empty()
                    : suppression.repeatsAfter(told.stakeholder(), told.resources());
            if (again.isEmpty()) {
                query(group, "delete from repetition where alert_id = :alert and " + OF)
                        .param("alert", told.alertId())
                        .update();
                continue;
            }
            Instant from = quietUntil(told, contact.get(), now);
            if (from.isAfter(now)) {
                next(group, told, told.number(), from, now);
                continue;
            }
            hold(group, told, inbox, now);
            next(group, told, told.number() + 1, now.plus(again.get()), now);
            any = true;
        }
        if (any) {
            digest(group, inbox, now);
        }
    }

    /** A silence, or the night, keeps from telling again as from telling. */
    private Instant quietUntil(Told told, City.ContactOf of, Instant now) {
        Instant onCall = OnCall.next(of.contact(), now);
        return suppression
                .silence(
                        AlertJson.read(told.body().getBytes(StandardCharsets.UTF_8)),
                        told.stakeholder(),
                        of.contact().id(),
                        now)
                .map(Hold::until)
                .filter(onCall::isBefore)
                .orElse(onCall);
    }

    private static final String OF =
            "contact_id = :contact and channel_type = :type and address = :address and inbox = :inbox";

    private JdbcClient.StatementSpec query(Group group, String sql) {
        return jdbc.sql(sql)
                .param("contact", group.contact())
                .param("type", group.type())
                .param("address", group.address())
                .param("inbox", group.inbox());
    }

    /** Wanted is what is open and this contact has not answered, and what an escalation waits for this contact about. */
    private List<Told> told(Group group) {
        return query(group, """
                select r.alert_id, r.stakeholder_id, r.resources, r.number, a.body,
                    a.status = 'open' and not exists (select 1 from acknowledgement k where k.alert_id = r.alert_id
                        and k.contact_id = r.contact_id and k.kind in ('ack', 'not-ours') and k.at >= r.told_at)
                    or a.status <> 'closed' and exists (select 1 from escalation e
                        join escalation_target t on t.escalation_id = e.id and t.loop = e.loop
                        where e.alert_id = r.alert_id and e.state = 'running' and t.state = 'waiting'
                          and t.contact_id = r.contact_id) as wanted
                from repetition r join alert a on a.id = r.alert_id
                where r.contact_id = :contact and r.channel_type = :type and r.address = :address and r.inbox = :inbox
                order by r.alert_id for update of r""")
                .query((row, number) -> new Told(
                        row.getString("alert_id"),
                        row.getString("stakeholder_id"),
                        Set.of(row.getString("resources").split(",")),
                        row.getString("body"),
                        row.getBoolean("wanted"),
                        row.getInt("number")))
                .list();
    }

    private void next(Group group, Told told, int number, Instant at, Instant now) {
        query(
                        group,
                        "update repetition set number = :number, next_at = :at, waits_since = :now where alert_id = :alert and "
                                + OF)
                .param("now", Columns.time(now))
                .param("number", number)
                .param("at", Columns.time(at))
                .param("alert", told.alertId())
                .update();
    }

    /** As it was told before, and filed with what is told again. */
    private void hold(Group group, Told told, String inbox, Instant now) {
        query(group, """
                insert into delivery (idempotency_key, kind, cause, alert_id, rule_id, stakeholder_id, contact_id,
                    channel_type, address, secret_ref, language, zone, tlp_applied, disclosure, reasons, state,
                    next_attempt_at, deadline, created_at, inbox, held_kind)
                select d.alert_id || '|' || d.contact_id || '|' || d.channel_type || ':' || d.address || '|repeat-'
                        || cast(:number as text) || '-' || extract(epoch from cast(:told as timestamptz)),
                    'notice', 'repeat', d.alert_id, d.rule_id, d.stakeholder_id, d.contact_id, d.channel_type, d.address,
                    d.secret_ref, d.language, d.zone, d.tlp_applied, d.disclosure, cast(:reasons as json), 'held', :now,
                    :deadline, :now, :to, 'repeat'
                from delivery d where d.alert_id = :alert and d.kind = 'notice' and d.contact_id = :contact
                  and d.channel_type = :type and d.address = :address
                order by d.id desc limit 1
                on conflict do nothing""")
                .param("number", told.number())
                .param("told", Columns.time(now))
                .param(
                        "reasons",
                        Columns.json(List.of(Decisions.json(new Bilingual(
                                "まだ応答がないため、あらためて通知しています。", "Nobody has answered yet: you are told again.")))))
                .param(
                        "deadline",
                        Columns.time(
                                now.plus(city.get().notification().delivery().deadline())))
                .param("now", Columns.time(now))
                .param("to", Columns.text(inbox))
                .param("alert", told.alertId())
                .update();
    }

    private void digest(Group group, String inbox, Instant now) {
        jdbc.sql("""
                insert into delivery (idempotency_key, kind, cause, rule_id, stakeholder_id, contact_id, channel_type,
                    address, secret_ref, language, zone, tlp_applied, disclosure, reasons, state, next_attempt_at,
                    deadline, created_at, inbox, held_kind)
                select 'digest|' || d.idempotency_key, 'digest', 'digest', d.inbox, d.stakeholder_id, d.contact_id,
                    d.channel_type, d.address, d.secret_ref, d.language, d.zone, d.tlp_applied, d.disclosure, d.reasons,
                    'pending', :now, d.deadline, :now, d.inbox, d.held_kind
                from delivery d where d.state = 'held' and d.contact_id = :contact and d.channel_type = :type
                  and d.address = :address and d.inbox = :inbox
                order by d.id limit 1
                on conflict do nothing""")
                .param("contact", group.contact())
                .param("type", group.type())
                .param("address", group.address())
                .param("inbox", Columns.text(inbox))
                .param("now", Columns.time(now))
                .update();
    }
}
