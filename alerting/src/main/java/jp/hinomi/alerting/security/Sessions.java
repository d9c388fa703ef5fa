package jp.hinomi.alerting.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who is logged in where. All of a session stands in the database, but for the secret that its browser has: any instance goes on
 * with it, any instance ends it. Thread-safe.
 */
public final class Sessions {
    /** After which a session without requests is over. */
    public static final Duration IDLE = Duration.ofHours(12);

    /** Whatever is done in it. */
    private static final Duration LONGEST = Duration.ofDays(14);

    /** After which an OpenID provider is asked anew whether its people may still do what they could. */
    private static final Duration LONGEST_OF_PROVIDER = Duration.ofHours(12);

    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final int AGENT = 300;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public Sessions(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @param agent what the browser says it is: hostile text */
    public record Row(String id, Instant startedAt, Instant seenAt, String address, String agent) {}

    /**
     * A session that is to begin.
     *
     * @param secret hash of what the browser's cookie has
     * @param awaitsCode whether the second factor is still to be shown
     */
    record Begun(
            String account,
            byte[] secret,
            boolean awaitsCode,
            Optional<OfProvider> provider,
            String address,
            String agent) {}

    /** @param session how the provider calls its own: the claim {@code sid} */
    record OfProvider(byte[] idToken, Optional<String> session) {}

    /** A session that may go on, with its account as it is now. */
    record Found(String id, Member member, AccountDetails.Step step) {}

    void begin(Begun begun, Instant now) {
        jdbc.sql("delete from account_session where account = :account and seen_at < :old")
                .param("account", begun.account())
                .param("old", Columns.time(now.minus(KEPT)))
                .update();
        jdbc.sql("""
                insert into account_session
                    (id, account, secret, awaits_code, id_token, provider_session, started_at, seen_at, address, agent)
                values (:id, :account, :secret, :awaits, :token, :provider, :now, :now, :address, :agent)""")
                .param("id", Secrets.random(20))
                .param("account", begun.account())
                .param("secret", begun.secret())
                .param("awaits", begun.awaitsCode())
                .param("token", begun.provider().map(OfProvider::idToken).orElse(null), Types.BINARY)
                .param(
                        "provider",
                        begun.provider()
                                .flatMap(OfProvider::session)
                                .map(Columns::text)
                                .orElse(null),
                        Types.VARCHAR)
                .param("now", Columns.time(now))
                .param("address", Columns.text(begun.address()))
                .param(
                        "agent",
                        Columns.text(begun.agent()
                                .substring(0, Math.min(AGENT, begun.agent().length()))))
                .update();
    }

    /** The one with that secret, if it may go on: nobody ended it, it is not too old, and its account is there and not disabled. */
    Optional<Found> find(byte[] secret, Instant now) {
        record Seen(Found found, Instant at) {}
        Optional<Seen> seen = jdbc.sql("""
                select s.id, s.seen_at, s.awaits_code, a.name, a.role, a.stakeholder, a.password_given
                from account_session s join account a on a.name = s.account
                where s.secret = :secret and s.ended_at is null and not a.disabled and not a.withdrawn
                    and s.seen_at > :idle
                    and s.started_at > case a.origin when 'oidc' then :asked else :oldest end""")
                .param("secret", secret)
                .param("idle", Columns.time(now.minus(IDLE)))
                .param("asked", Columns.time(now.minus(LONGEST_OF_PROVIDER)))
                .param("oldest", Columns.time(now.minus(LONGEST)))
                .query((row, number) -> new Seen(
                        new Found(row.getString("id"), Accounts.member(row), step(row)),
                        Columns.instant(row, "seen_at")))
                .optional();
        seen.filter(one -> one.at().isBefore(now.minus(SEEN_EVERY)))
                .ifPresent(one -> jdbc.sql("update account_session set seen_at = :now where id = :id")
                        .param("now", Columns.time(now))
                        .param("id", one.found().id())
                        .update());
        return seen.map(Seen::found);
    }

    /** Those of them that may go on; asking does not count as use. */
    public Set<String> goingOn(Set<String> ids, Instant now) {
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("""
                        select s.id from account_session s join account a on a.name = s.account
                        where s.id in (:ids) and s.ended_at is null and not a.disabled and not a.withdrawn
                            and s.seen_at > :idle
                            and s.started_at > case a.origin when 'oidc' then :asked else :oldest end""")
                        .param("ids", ids)
                        .param("idle", Columns.time(now.minus(IDLE)))
                        .param("asked", Columns.time(now.minus(LONGEST_OF_PROVIDER)))
                        .param("oldest", Columns.time(now.minus(LONGEST)))
                        .query(String.class)
                        .list());
    }

    private static AccountDetails.Step step(ResultSet row) throws SQLException {
        if (row.getBoolean("awaits_code")) {
            return AccountDetails.Step.CODE;
        }
        return row.getBoolean("password_given") ? AccountDetails.Step.OWN_PASSWORD : AccountDetails.Step.NOTHING;
    }

    /** It has another secret from now on, and waits for no code. */
    void renew(String id, byte[] secret) {
        jdbc.sql("update account_session set secret = :secret, awaits_code = false where id = :id")
                .param("secret", secret)
                .param("id", id)
                .update();
    }

    /** What the next page is to say; absent = nothing. */
    void say(String id, Optional<String> text) {
        jdbc.sql("update account_session set said = :text where id = :id")
                .param("text", text.orElse(null), Types.VARCHAR)
                .param("id", id)
                .update();
    }

    Optional<String> said(String id) {
        return jdbc.sql("select said from account_session where id = :id and said is not null")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Sealed, as it was begun with. */
    Optional<byte[]> idToken(String id) {
        return jdbc.sql("select id_token from account_session where id = :id and id_token is not null")
                .param("id", id)
                .query((row, number) -> row.getBytes("id_token"))
                .optional();
    }

    /**
     * Ends those that an OpenID provider says are over.
     *
     * @param account of which subject; absent = of whichever has the session
     * @param session as the provider calls it; absent = all of the account
     * @param begunUntil later ones are of another login
     * @return how many went on until now
     */
    int endOfProvider(
            Optional<String> account, Optional<String> session, Instant begunUntil, String actor, Instant now) {
        Integer ended = transaction.execute(status -> {
            List<String> accounts = jdbc.sql("""
                    update account_session s set ended_at = :now, ended_by = :actor, id_token = null from account a
                    where a.name = s.account and a.origin = 'oidc' and s.ended_at is null and s.started_at <= :until
                        and (cast(:subject as text) is null or a.subject = :subject)
                        and (cast(:session as text) is null or s.provider_session = :session)
                    returning s.account""")
                    .param("now", Columns.time(now))
                    .param("actor", actor)
                    .param("until", Columns.time(begunUntil))
                    .param("subject", account.map(Columns::text).orElse(null), Types.VARCHAR)
                    .param("session", session.map(Columns::text).orElse(null), Types.VARCHAR)
                    .query(String.class)
                    .list();
            accounts.stream()
                    .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                    .forEach((name, count) ->
                            audit.record(now, actor, "sessions.ended", "account:" + name, Map.of("sessions", count)));
            return accounts.size();
        });
        return ended == null ? 0 : ended;
    }

    /** Those that go on, the one last used first. */
    public List<Row> of(String account, Instant now) {
        return jdbc.sql("""
                select id, started_at, seen_at, address, agent from account_session
                where account = :account and ended_at is null and seen_at > :idle order by seen_at desc, id limit 100""")
                .param("account", account)
                .param("idle", Columns.time(now.minus(IDLE)))
                .query((row, number) -> new Row(
                        row.getString("id"),
                        Columns.instant(row, "started_at"),
                        Columns.instant(row, "seen_at"),
                        row.getString("address"),
                        row.getString("agent")))
                .list();
    }

    /** Ends one of the account's; false if it has none of that name that goes on. */
    public boolean end(String account, String id, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean ended = jdbc.sql("""
                    update account_session set ended_at = :now, ended_by = :actor, id_token = null
                    where id = :id and account = :account and ended_at is null""")
                            .param("now", Columns.time(now))
                            .param("actor", actor)
                            .param("id", Columns.text(id))
                            .param("account", account)
                            .update()
                    == 1;
            if (ended) {
                audit.record(now, actor, "session.ended", "account:" + account, Map.of("session", id));
            }
            return ended;
        }));
    }

    /** Ends all of an account but one; within the transaction of what made it necessary, which is in the audit log. */
    int endAll(String account, Optional<String> butThis, String actor, Instant now) {
        return jdbc.sql("""
                update account_session set ended_at = :now, ended_by = :actor, id_token = null
                where account = :account and ended_at is null and id <> :this""")
                .param("now", Columns.time(now))
                .param("actor", actor)
                .param("account", account)
                .param("this", butThis.orElse(""))
                .update();
    }

    /** The same at somebody's wish. */
    public int endAllAudited(String account, Optional<String> butThis, String actor, Instant now) {
        Integer ended = transaction.execute(status -> {
            int count = endAll(account, butThis, actor, now);
            audit.record(now, actor, "sessions.ended", "account:" + account, Map.of("sessions", count));
            return count;
        });
        return ended == null ? 0 : ended;
    }
}
