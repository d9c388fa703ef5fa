package jp.hinomi.alerting.webhook;

import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.EventEndpoints;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.city.City;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Who is told of changes: made, edited, suspended and removed by people, each audited. Thread-safe. */
public final class Webhooks implements EventEndpoints {
    /** So many at the most: each is looked after separately. */
    public static final int MOST = 50;

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final CityInForce city;
    private final Destination destination;
    private final EventWriter writer;

    Webhooks(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            CityInForce city,
            Destination destination,
            EventWriter writer) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.city = city;
        this.destination = destination;
        this.writer = writer;
    }

    /** @param secret shown once: nobody can read it again */
    public record Made(long id, String secret) {}

    /**
     * It is told of what happens from now on.
     *
     * @throws Refused with everything that is wrong with the wish, or if there are too many
     */
    public Made create(Subscription wish, String actor, Instant now) {
        check(wish);
        String secret = secret();
        long id = Objects.requireNonNull(transaction.execute(status -> {
            // Whoever makes one waits for whoever makes another: so the count holds.
            jdbc.sql("select pg_advisory_xact_lock(9090)").query((row, n) -> 0).single();
            long there = jdbc.sql("select count(*) from webhook where state <> 'removed'")
                    .query(Long.class)
                    .single();
            if (there >= MOST) {
                throw new Refused(WebhookReason.MANY, MOST);
            }
            Long made = values(jdbc.sql("""
                    insert into webhook (name, url, secret, types, severity, resources, stakeholder, tlp, state, position,
                        created_by, created_at, updated_at)
                    values (:name, :url, :secret, cast(:types as text[]), :severity, cast(:resources as text[]), :stakeholder,
                        :tlp, 'active', (select seq from audit_head), :actor, :now, :now) returning id"""), wish)
                    .param("secret", bytes(secret))
                    .param("actor", actor)
                    .param("now", Columns.time(now))
                    .query(Long.class)
                    .single();
            audit.record(now, actor, "webhook.created", Webhook.object(made), facts(wish));
            return made;
        }));
        return new Made(id, secret);
    }

    /**
     * False if there is no such webhook. What waits goes to the new address.
     *
     * @throws Refused with everything that is wrong with the wish
     */
    public boolean edit(long id, Subscription wish, String actor, Instant now) {
        check(wish);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Webhook> before = lock(id);
            if (before.isEmpty()) {
                return false;
            }
            if (before.get().subscription().equals(wish)) {
                return true;
            }
            values(jdbc.sql("""
                    update webhook set name = :name, url = :url, types = cast(:types as text[]), severity = :severity,
                        resources = cast(:resources as text[]), stakeholder = :stakeholder, tlp = :tlp, updated_at = :now
                    where id = :id"""), wish)
                    .param("id", id)
                    .param("now", Columns.time(now))
                    .update();
            jdbc.sql("""
                    update delivery set address = :url where id in (
                        select id from delivery where channel_type = 'event' and contact_id = :object
                            and state in ('pending', 'dead') and lease_owner is null for update skip locked)""")
                    .param("url", wish.url())
                    .param("object", Webhook.object(id))
                    .update();
            Map<String, Object> facts = facts(wish);
            facts.put("before", facts(before.get().subscription()));
            audit.record(now, actor, "webhook.changed", Webhook.object(id), facts);
            return true;
        }));
    }

    /** Another secret, which signs from now on; shown once. Empty if there is no such webhook. */
    public Optional<String> renewSecret(long id, String actor, Instant now) {
        String secret = secret();
        return Boolean.TRUE.equals(transaction.execute(status -> {
                    boolean done = jdbc.sql(
                                            "update webhook set secret = :secret, updated_at = :now where id = :id and state <> 'removed'")
                                    .param("secret", bytes(secret))
                                    .param("now", Columns.time(now))
                                    .param("id", id)
                                    .update()
                            == 1;
                    if (done) {
                        audit.record(now, actor, "webhook.secret-renewed", Webhook.object(id), Map.of());
                    }
                    return done;
                }))
                ? Optional.of(secret)
                : Optional.empty();
    }

    /** False if there is none that is active. What happens meanwhile is told when it is resumed. */
    public boolean suspend(long id, Bilingual why, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jdbc.sql("""
                    update webhook set state = 'suspended', why_ja = :ja, why_en = :en, suspended_at = :now, updated_at = :now
                    where id = :id and state = 'active'""")
                            .param("ja", Columns.text(why.ja()))
                            .param("en", Columns.text(why.en()))
                            .param("now", Columns.time(now))
                            .param("id", id)
                            .update()
                    == 1;
            if (done) {
                end(id, "dead", "the webhook is suspended: resume it and this is sent", now);
                audit.record(now, actor, "webhook.suspended", Webhook.object(id), Map.of("why", why.en()));
            }
            return done;
        }));
    }

    /** What waits is over; what is under way ends by itself. Others' rows are passed over: they may wait for this transaction. */
    private void end(long id, String state, String why, Instant now) {
        jdbc.sql("""
                update delivery set state = :state, last_error = coalesce(last_error || ' · ', '') || :why, finished_at = :now
                where id in (select id from delivery where channel_type = 'event' and contact_id = :object
                    and state in ('pending', case when :state = 'settled' then 'dead' else 'pending' end)
                    and lease_owner is null for update skip locked)""")
                .param("state", state)
                .param("why", why)
                .param("now", Columns.time(now))
                .param("object", Webhook.object(id))
                .update();
    }

    /** How many messages get another life by it: all that have not arrived. Empty if there is none that is suspended. */
    public Optional<Integer> resume(long id, String actor, Instant now) {
        return transaction.execute(status -> {
            boolean done = jdbc.sql("""
                    update webhook set state = 'active', why_ja = null, why_en = null, suspended_at = null, updated_at = :now
                    where id = :id and state = 'suspended'""")
                            .param("now", Columns.time(now))
                            .param("id", id)
                            .update()
                    == 1;
            if (!done) {
                return Optional.empty();
            }
            int again = jdbc.sql("""
                    update delivery set state = 'pending', next_attempt_at = :now, deadline = :deadline, finished_at = null
                    where channel_type = 'event' and contact_id = :object and kind = 'event' and state = 'dead'""")
                    .param("now", Columns.time(now))
                    .param(
                            "deadline",
                            Columns.time(now.plus(
                                    city.get().notification().delivery().deadline())))
                    .param("object", Webhook.object(id))
                    .update();
            audit.record(now, actor, "webhook.resumed", Webhook.object(id), Map.of("deliveries", again));
            return Optional.of(again);
        });
    }

    /** False if there is no such webhook. What was not sent yet is not sent. */
    public boolean remove(long id, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jdbc.sql("""
                    update webhook set state = 'removed', updated_at = :now where id = :id and state <> 'removed'""")
                            .param("now", Columns.time(now))
                            .param("id", id)
                            .update()
                    == 1;
            if (done) {
                end(id, "settled", "the webhook was removed", now);
                audit.record(now, actor, "webhook.removed", Webhook.object(id), Map.of());
            }
            return done;
        }));
    }

    /**
     * Sends a message that says nothing, also to one that is suspended; its number in the outbox. Empty if there is no such
     * webhook.
     *
     * @throws Refused if one is under way
     */
    public Optional<Long> ping(long id, String actor, Instant now) {
        return transaction.execute(status -> lock(id).map(webhook -> {
            if (jdbc.sql("""
                            select 1 from delivery where channel_type = 'event' and contact_id = :object
                              and kind = 'ping' and state = 'pending' limit 1""")
                    .param("object", webhook.object())
                    .query(Integer.class)
                    .optional()
                    .isPresent()) {
                throw new Refused(WebhookReason.PING_UNDER_WAY);
            }
            Long delivery = insert(
                            webhook, "ping", "ping|" + UUID.randomUUID(), "ping", Tlp.CLEAR, writer.ping(id, now), now)
                    .orElseThrow();
            audit.record(now, actor, "webhook.pinged", webhook.object(), Map.of("delivery", delivery));
            return delivery;
        }));
    }

    /** Its number; empty if there is one of that key. */
    Optional<Long> insert(
            Webhook webhook, String kind, String key, String about, Tlp tlp, String message, Instant now) {
        return jdbc.sql("""
                insert into delivery (idempotency_key, kind, cause, rule_id, stakeholder_id, contact_id, channel_type,
                    address, language, zone, tlp_applied, disclosure, reasons, message, state, next_attempt_at, deadline,
                    created_at)
                values (:key, :kind, :cause, :about, '', :object, 'event', :url, 'en', 'UTC', :tlp, :disclosure,
                    cast('[]' as json), cast(:message as json), 'pending', :now, :deadline, :now)
                on conflict do nothing returning id""")
                .param("key", key)
                .param("kind", kind)
                .param("cause", kind.equals("ping") ? "test" : "event")
                .param("about", about)
                .param("object", webhook.object())
                .param("url", webhook.subscription().url())
                .param("tlp", tlp.ordinal())
                .param("disclosure", webhook.subscription().stakeholder().isPresent() ? "notice-only" : "full")
                .param("message", message)
                .param("now", Columns.time(now))
                .param(
                        "deadline",
                        Columns.time(
                                now.plus(city.get().notification().delivery().deadline())))
                .query(Long.class)
                .optional();
    }

    @Override
    public EventEndpoints.Lookup find(String object, boolean ping) {
        record Found(String url, byte[] secret, Webhook.State state) {}
        Optional<Found> found = jdbc.sql("select url, secret, state from webhook where id = :id")
                .param("id", Webhook.idOf(object))
                .query((row, n) -> new Found(
                        row.getString("url"), row.getBytes("secret"), Webhook.State.ofWord(row.getString("state"))))
                .optional();
        if (found.isEmpty() || found.get().state() == Webhook.State.REMOVED) {
            return new EventEndpoints.Lookup.Missing("the webhook was removed: nothing was sent");
        }
        if (found.get().state() == Webhook.State.SUSPENDED && !ping) {
            return new EventEndpoints.Lookup.Missing("the webhook is suspended: resume it and this is sent");
        }
        return new EventEndpoints.Lookup.Found(
                URI.create(found.get().url()), found.get().secret());
    }

    public Optional<Webhook> find(long id) {
        return jdbc.sql("select * from webhook where id = :id and state <> 'removed'")
                .param("id", id)
                .query((row, n) -> webhook(row))
                .optional();
    }

    private Optional<Webhook> lock(long id) {
        return jdbc.sql("select * from webhook where id = :id and state <> 'removed' for update")
                .param("id", id)
                .query((row, n) -> webhook(row))
                .optional();
    }

    /** Newest first. @param before numbers below it */
    public List<WebhookStanding> list(long before, int limit) {
        return standings("w.id < :key order by w.id desc limit :limit", before, limit);
    }

    public Optional<WebhookStanding> standing(long id) {
        return standings("w.id = :key limit :limit", id, 1).stream().findFirst();
    }

    private List<WebhookStanding> standings(String which, long key, int limit) {
        return jdbc.sql("""
                select w.*, s.last_ok_at, s.last_failed_at, s.last_error,
                    (select count(*) from delivery d where d.contact_id = 'webhook:' || w.id and d.channel_type = 'event'
                        and d.state = 'pending') as waiting,
                    (select count(*) from delivery d where d.contact_id = 'webhook:' || w.id and d.channel_type = 'event'
                        and d.state = 'dead' and d.kind = 'event') as dead,
                    greatest(0, (select seq from audit_head) - w.position) as behind
                from webhook w left join lateral (
                    select * from channel_state c where c.contact_id = 'webhook:' || w.id and c.channel_type = 'event'
                        and c.address = w.url) s on true
                where w.state <> 'removed' and """ + " " + which)
                .param("key", key)
                .param("limit", limit)
                .query((row, n) -> new WebhookStanding(
                        webhook(row),
                        Columns.optionalInstant(row, "last_ok_at"),
                        Columns.optionalInstant(row, "last_failed_at"),
                        Optional.ofNullable(row.getString("last_error")),
                        row.getLong("waiting"),
                        row.getLong("dead"),
                        row.getLong("behind")))
                .list();
    }

    static Webhook webhook(ResultSet row) throws SQLException {
        String ja = row.getString("why_ja");
        return new Webhook(
                row.getLong("id"),
                new Subscription(
                        row.getString("name"),
                        row.getString("url"),
                        Stream.of(strings(row, "types"))
                                .map(EventType::ofWord)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toSet()),
                        Severity.values()[row.getInt("severity")],
                        Set.of(strings(row, "resources")),
                        Optional.ofNullable(row.getString("stakeholder")),
                        Tlp.values()[row.getInt("tlp")]),
                Webhook.State.ofWord(row.getString("state")),
                ja == null ? Optional.empty() : Optional.of(new Bilingual(ja, row.getString("why_en"))),
                Columns.optionalInstant(row, "suspended_at"),
                row.getLong("position"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    private static String[] strings(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private void check(Subscription wish) {
        City now = city.get();
        List<Refused> problems = new ArrayList<>();
        destination.problem(wish.url()).ifPresent(problems::add);
        wish.resources().stream()
                .filter(id -> !now.resources().containsKey(id))
                .forEach(id -> problems.add(new Refused(WebhookReason.NO_RESOURCE, id)));
        wish.stakeholder()
                .filter(id -> !now.stakeholders().containsKey(id))
                .ifPresent(id -> problems.add(new Refused(WebhookReason.NO_STAKEHOLDER, id)));
        if (wish.stakeholder().isPresent() && wish.types().stream().noneMatch(EventType::isForStakeholders)) {
            problems.add(new Refused(WebhookReason.NOT_FOR_STAKEHOLDERS));
        }
        if (!problems.isEmpty()) {
            throw Refused.all(problems);
        }
    }

    private static JdbcClient.StatementSpec values(JdbcClient.StatementSpec sql, Subscription wish) {
        return sql.param("name", Columns.text(wish.name()))
                .param("url", wish.url())
                .param(
                        "types",
                        wish.types().stream().map(EventType::word).sorted().toArray(String[]::new))
                .param("severity", wish.severity().ordinal())
                .param("resources", wish.resources().toArray(String[]::new))
                .param("stakeholder", wish.stakeholder().orElse(null), Types.VARCHAR)
                .param("tlp", wish.tlp().ordinal());
    }

    private static Map<String, Object> facts(Subscription wish) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", wish.name());
        facts.put("url", wish.url());
        facts.put("events", wish.types().stream().map(EventType::word).toList());
        facts.put("severity", wish.severity().word());
        facts.put("resources", List.copyOf(wish.resources()));
        wish.stakeholder().ifPresent(id -> facts.put("stakeholder", id));
        facts.put("tlp", wish.tlp().word());
        return facts;
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
