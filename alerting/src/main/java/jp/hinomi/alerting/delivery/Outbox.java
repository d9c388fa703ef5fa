package jp.hinomi.alerting.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Skew;
import jp.hinomi.alerting.store.Writes;
import jp.hinomi.alerting.suppress.Inbox;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of messages to be sent. Rows are written in the transaction of the decision; workers lease them one by one, so
 * that none is sent by two at a time and none is lost when a worker dies. Thread-safe.
 */
public final class Outbox {
    private static final Pattern CODE = Pattern.compile("^(HTTP \\d{3})\\b|^([2-5]\\d{2})[ -]");

    private static final String INSERT = """
            insert into delivery (idempotency_key, kind, cause, alert_id, rule_id, stakeholder_id, contact_id,
                channel_type, address, secret_ref, language, zone, tlp_applied, disclosure, reasons, message,
                escalation_id, escalation_loop, escalation_step, state, next_attempt_at, deadline, created_at,
                inbox, held_kind, severity)
            values (:key, :kind, :cause, :alert, :rule, :stakeholder, :contact,
                :type, :address, :secret, :language, :zone, :tlp, :disclosure, cast(:reasons as json),
                cast(:message as json), :escalation, :loop, :step, :state, :nextAttempt, :deadline, :now,
                :inbox, :heldKind, :severity)
            on conflict do nothing""";

    private final JdbcClient jdbc;

    public Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Until the transaction ends nobody else holds a notice of the rule back from this inbox, or takes what is held: a
     * notice that is held while its digest is being written would be in none.
     */
    void lockInbox(String contactId, String address, String ruleId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:inbox, 2))")
                .param("inbox", Columns.text(contactId + "|" + address + "|" + ruleId))
                .query((row, number) -> 0)
                .single();
    }

    /**
     * False if the same message is there already.
     *
     * @param at not sent before
     */
    public boolean add(NewDelivery delivery, Instant at, Instant now) {
        Cause.Escalated escalated = delivery.cause() instanceof Cause.Escalated cause ? cause : null;
        MapSqlParameterSource row = row(
                        delivery.idempotencyKey(),
                        "notice",
                        delivery,
                        delivery.cause().word(),
                        delivery.message().orElse(null),
                        delivery.held().isPresent() ? "held" : "pending",
                        at,
                        now)
                .addValue("alert", delivery.alert().id())
                .addValue("severity", delivery.alert().severity().ordinal())
                .addValue("escalation", escalated == null ? null : escalated.escalation(), Types.BIGINT)
                .addValue("loop", escalated == null ? null : escalated.loop(), Types.INTEGER)
                .addValue("step", escalated == null ? null : escalated.step(), Types.INTEGER);
        if (Writes.isNew(delivery.alert().id())) {
            return collecting().keys().add(delivery.idempotencyKey())
                    && Writes.write(jdbc, Writes.Table.DELIVERY, INSERT, row) == 1;
        }
        // Whether it is there already only the database knows.
        Writes.flushCurrent();
        return jdbc.sql(INSERT).paramSource(row).update() == 1;
    }

    /**
     * What a transaction that takes many alerts has written or asked for.
     *
     * @param keys of messages
     * @param digests when the digest that collects for an inbox is due
     */
    private record Collecting(Set<String> keys, Map<Inbox, Instant> digests) {}

    private static Collecting collecting() {
        return Writes.note(Collecting.class, () -> new Collecting(new HashSet<>(), new HashMap<>()))
                .orElseGet(() -> new Collecting(new HashSet<>(), new HashMap<>()));
    }

    /**
     * What follows of a notice that waits.
     *
     * @param digest when the digest that tells of it is due
     * @param isNew whether that digest is another message, or one that collects already
     */
    public record Held(Instant digest, boolean isNew) {}

    /**
     * Keeps a notice that waits, with a digest that follows. Empty if the same message is there already.
     *
     * @param notBefore when the recipient is on call, should the digest come earlier than {@code until}
     */
    public Optional<Held> hold(NewDelivery held, Instant notBefore, Instant until, Instant now) {
        Inbox inbox = Inbox.of(held.recipient().contact().id(), held.channel(), held.inbox());
        Collecting collecting = collecting();
        Instant due = collecting.digests().get(inbox);
        if (due == null) {
            lockInbox(inbox.contact(), inbox.address(), inbox.name());
            mendDigest(inbox, until, now);
            due = digestAt(inbox).orElse(null);
        }
        if (!add(held, notBefore, now)) {
            return Optional.empty();
        }
        boolean isNew = due == null;
        if (isNew) {
            addDigest(held, until, now);
            due = until;
        }
        collecting.digests().put(inbox, due);
        return Optional.of(new Held(due, isNew));
    }

    /** Makes sure that a digest follows for what this channel is not sent now. */
    private void addDigest(NewDelivery delivery, Instant at, Instant now) {
        Writes.write(
                jdbc,
                Writes.Table.DELIVERY,
                INSERT,
                row("digest|" + delivery.idempotencyKey(), "digest", delivery, "digest", null, "pending", at, now)
                        .addValue("alert", null, Types.VARCHAR)
                        .addValue("severity", null, Types.SMALLINT)
                        .addValue("escalation", null, Types.BIGINT)
                        .addValue("loop", null, Types.INTEGER)
                        .addValue("step", null, Types.INTEGER));
    }

    /**
     * An alarm about ourselves.
     *
     * @param found how often it was found when it is told: told again it is another message
     * @param message exactly what will be sent
     */
    public record OwnMessage(
            long alarm, long found, Stakeholder stakeholder, Contact contact, Channel channel, String message) {}

    /** Adds it once per alarm, its count, and channel. */
    public void addAlarm(OwnMessage own, Instant deadline, Instant now) {
        jdbc.sql("""
                insert into delivery (idempotency_key, kind, cause, alarm_id, rule_id, stakeholder_id, contact_id,
                    channel_type, address, secret_ref, language, zone, tlp_applied, disclosure, reasons, message, state,
                    next_attempt_at, deadline, created_at)
                values (:key, 'alarm', 'alarm', :alarm, '', :stakeholder, :contact, :type, :address, :secret, :language,
                    :zone, :tlp, 'full', cast('[]' as json), cast(:message as json), 'pending', :now, :deadline, :now)
                on conflict do nothing""")
                .param(
                        "key",
                        Columns.text("alarm|" + own.alarm() + "|" + (own.found() > 1 ? own.found() + "|" : "")
                                + own.contact().id() + "|" + own.channel().type() + ":"
                                + own.channel().address()))
                .param("alarm", own.alarm())
                .param("stakeholder", own.stakeholder().id())
                .param("contact", own.contact().id())
                .param("type", own.channel().type())
                .param("address", own.channel().address())
                .param(
                        "secret",
                        own.channel() instanceof Channel.Webhook webhook
                                ? webhook.secret().orElse(null)
                                : null,
                        Types.VARCHAR)
                .param("language", "ja".equals(own.stakeholder().locale()) ? "ja" : "en")
                .param("zone", own.contact().zone().getId())
                .param("tlp", own.stakeholder().maxTlp().ordinal())
                .param("message", own.message())
                .param("deadline", Columns.time(deadline))
                .param("now", Columns.time(now))
                .update();
    }

    /** What the message is about: one alert, or all that a digest sums up. */
    public List<String> alertsOf(Leased leased) {
        return jdbc.sql(
                        "select distinct alert_id from delivery where (id = :id or digest_id = :id) and alert_id is not null"
                                + " order by alert_id")
                .param("id", leased.id())
                .query(String.class)
                .list();
    }

    /** A digest that was begun by a clock that ran ahead comes when what it takes now wants to be told. */
    private void mendDigest(Inbox inbox, Instant until, Instant now) {
        jdbc.sql("""
                update delivery set next_attempt_at = least(next_attempt_at, :until), created_at = :now
                where kind = 'digest' and message is null and state = 'pending' and created_at > :latest
                  and contact_id = :contact and channel_type = :type and address = :address and rule_id = :rule""")
                .param("until", Columns.time(until))
                .param("now", Columns.time(now))
                .param("latest", Columns.time(Skew.latest(now)))
                .param("contact", inbox.contact())
                .param("type", inbox.type())
                .param("address", inbox.address())
                .param("rule", Columns.text(inbox.name()))
                .update();
    }

    /** When the digest that collects for the inbox is due, if one does. */
    private Optional<Instant> digestAt(Inbox inbox) {
        return jdbc.sql("""
                select next_attempt_at from delivery
                where kind = 'digest' and message is null and state = 'pending'
                  and contact_id = :contact and channel_type = :type and address = :address and rule_id = :rule""")
                .param("contact", inbox.contact())
                .param("type", inbox.type())
                .param("address", inbox.address())
                .param("rule", Columns.text(inbox.name()))
                .query((row, number) -> Columns.instant(row, "next_attempt_at"))
                .optional();
    }

    private static MapSqlParameterSource row(
            String key,
            String kind,
            NewDelivery delivery,
            String cause,
            String message,
            String state,
            Instant nextAttempt,
            Instant now) {
        return new MapSqlParameterSource("key", Columns.text(key))
                .addValue("kind", kind)
                .addValue("cause", cause)
                // At most one digest collects per inbox.
                .addValue(
                        "rule",
                        Columns.text(
                                "digest".equals(kind)
                                        ? delivery.inbox()
                                        : delivery.alert().rule().id()))
                .addValue("inbox", Columns.text(delivery.inbox()))
                .addValue(
                        "heldKind",
                        delivery.held().map(hold -> hold.kind().word()).orElse(null),
                        Types.VARCHAR)
                .addValue("stakeholder", delivery.recipient().stakeholder().id())
                .addValue("contact", delivery.recipient().contact().id())
                .addValue("type", delivery.channel().type())
                .addValue("address", delivery.channel().address())
                .addValue("secret", delivery.secretRef().orElse(null), Types.VARCHAR)
                .addValue("language", delivery.language())
                .addValue("zone", delivery.recipient().contact().zone().getId())
                .addValue("tlp", delivery.tlpApplied())
                .addValue("disclosure", delivery.recipient().disclosure().word())
                .addValue("reasons", Columns.json(Decisions.json(delivery.reasons())))
                .addValue("message", message, Types.VARCHAR)
                .addValue("state", state)
                .addValue("nextAttempt", Columns.time(nextAttempt))
                .addValue("deadline", Columns.time(delivery.deadline()))
                .addValue("now", Columns.time(now));
    }

    /**
     * The next message of that kind of channel, for this owner alone until the lease ends. Receivers take turns: of those with
     * the fewest messages under way the one whose message has waited longest, and none has more than {@code most} under way;
     * so one that hangs, or for whom much waits, delays nobody else. When a lease ends the database's clock says, which all
     * instances share: one that runs ahead must not take what another is sending. A lease that ends later than any could,
     * because that clock was set back, has ended. An attempt that a worker took to its grave is written down as lost.
     *
     * @param most messages under way to one address, over all instances
     */
    public Optional<Leased> lease(String channelType, String owner, int most, Instant now, Duration lease) {
        return jdbc.sql("""
                with recursive busy as (
                    select address, count(*) as sending from delivery
                    where channel_type = :type and lease_owner is not null and state = 'pending'
                      and lease_until > clock_timestamp()
                      and lease_until <= clock_timestamp() + make_interval(secs => :lease)
                    group by address),
                -- Hops from one receiver to the next, past all that waits for each.
                receiver as (
                    (select address from delivery where channel_type = :type and state = 'pending'
                        order by address limit 1)
                    union all
                    select (select address from delivery where channel_type = :type and state = 'pending'
                        and address > receiver.address order by address limit 1)
                    from receiver where receiver.address is not null),
                candidate as (
                    select head.id, coalesce(busy.sending, 0) as sending
                    from receiver left join busy on busy.address = receiver.address, lateral (
                        select id from delivery
                        where channel_type = :type and address = receiver.address and state = 'pending'
                          and next_attempt_at <= :now
                          and (lease_until is null or lease_until <= clock_timestamp()
                              or lease_until > clock_timestamp() + make_interval(secs => :lease))
                        order by next_attempt_at, id
                        limit greatest(0, :most - coalesce(busy.sending, 0))) head),
                due as (
                    select delivery.id, attempts, lease_owner
                    from candidate join delivery on delivery.id = candidate.id
                    where state = 'pending' and next_attempt_at <= :now
                      and (lease_until is null or lease_until <= clock_timestamp()
                          or lease_until > clock_timestamp() + make_interval(secs => :lease))
                    order by candidate.sending, next_attempt_at, delivery.id
                    limit 1
                    for update of delivery skip locked),
                lost as (
                    insert into delivery_attempt (delivery_id, number, at, result, detail, latency_ms)
                    select id, attempts, :now, 'lost', 'the sender ended before it could say what came of it', 0
                    from due where lease_owner is not null and attempts > 0
                    on conflict do nothing)
                update delivery set lease_owner = :owner, attempts = delivery.attempts + 1,
                    lease_until = clock_timestamp() + make_interval(secs => :lease)
                from due where delivery.id = due.id
                returning delivery.*""")
                .param("owner", owner)
                .param("most", most)
                .param("lease", lease.toMillis() / 1000.0)
                .param("type", channelType)
                .param("now", Columns.time(now))
                .query((row, number) -> leased(row))
                .optional();
    }

    private static Leased leased(ResultSet row) throws SQLException {
        return new Leased(
                row.getLong("id"),
                row.getString("idempotency_key"),
                row.getString("kind"),
                row.getString("channel_type"),
                row.getString("address"),
                Optional.ofNullable(row.getString("secret_ref")),
                row.getString("contact_id"),
                row.getString("language"),
                Optional.ofNullable(row.getString("message")),
                row.getInt("attempts"),
                Columns.instant(row, "deadline"),
                Optional.ofNullable(row.getString("alert_id")),
                row.getString("lease_owner"));
    }

    /** False if the lease was lost to another worker meanwhile: then the other's result counts. */
    public boolean finish(Leased leased, String state, String error, Instant nextAttempt, Instant now) {
        boolean over = !"pending".equals(state);
        return jdbc.sql("""
                update delivery set state = :state, last_error = :error, next_attempt_at = :next,
                    lease_owner = null, lease_until = null, finished_at = :finished
                where id = :id and state = 'pending' and lease_owner = :owner and attempts = :attempts""")
                        .param("state", state)
                        .param("error", error == null ? null : Columns.text(error))
                        .param("next", Columns.time(nextAttempt))
                        .param("finished", over ? Columns.time(now) : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("id", leased.id())
                        .param("owner", leased.owner())
                        .param("attempts", leased.attempts())
                        .update()
                == 1;
    }

    /**
     * What came of an attempt, whoever holds the message now.
     *
     * @param late another worker had taken the message over meanwhile: its result counts for the message
     */
    public void addAttempt(Leased leased, String result, String detail, boolean late, Duration latency, Instant at) {
        jdbc.sql("""
                insert into delivery_attempt (delivery_id, number, at, result, code, detail, late, latency_ms)
                values (:id, :number, :at, :result, :code, :detail, :late, :latency)
                on conflict (delivery_id, number) do update set at = excluded.at, result = excluded.result,
                    code = excluded.code, detail = excluded.detail, late = excluded.late,
                    latency_ms = excluded.latency_ms
                where delivery_attempt.result = 'lost'""")
                .param("id", leased.id())
                .param("number", leased.attempts())
                .param("at", Columns.time(at))
                .param("result", result)
                .param("code", code(detail).orElse(null), Types.VARCHAR)
                .param("detail", Columns.text(detail))
                .param("late", late)
                .param("latency", latency.toMillis())
                .update();
    }

    /** What the other side's protocol calls it: {@code HTTP 500}, or the reply code of SMTP (RFC 5321, 4.2). */
    static Optional<String> code(String detail) {
        Matcher code = CODE.matcher(detail);
        return code.find() ? Optional.of(code.group(1) == null ? code.group(2) : code.group(1)) : Optional.empty();
    }

    /**
     * Gives a dead letter another life, with a fresh deadline. False if it is not dead, or a digest that was never written
     * while another collects for the same inbox: that one takes everything.
     */
    public boolean revive(long id, Instant now, Duration patience) {
        return jdbc.sql("""
                update delivery set state = 'pending', next_attempt_at = :now, deadline = :deadline, finished_at = null
                where id = :id and state = 'dead'
                  and not (kind = 'digest' and message is null and exists (select 1 from delivery other
                      where other.kind = 'digest' and other.message is null and other.state = 'pending'
                        and other.contact_id = delivery.contact_id and other.channel_type = delivery.channel_type
                        and other.address = delivery.address and other.rule_id = delivery.rule_id))""")
                        .param("now", Columns.time(now))
                        .param("deadline", Columns.time(now.plus(patience)))
                        .param("id", id)
                        .update()
                == 1;
    }
}
