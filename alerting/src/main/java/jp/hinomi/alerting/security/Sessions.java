package jp.hinomi.alerting.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who is logged in where. What a session holds is in the memory of one instance; that it may go on stands in the database, so
 * that any instance can end it. Thread-safe.
 */
public final class Sessions {
    /** After which a session without requests is over; the web server is told the same. */
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

    /** The name of a new session. */
    String begin(String account, String address, String agent, Instant now) {
        String id = Secrets.random(20);
        jdbc.sql("delete from account_session where account = :account and seen_at < :old")
                .param("account", account)
                .param("old", Columns.time(now.minus(KEPT)))
                .update();
        jdbc.sql("""
                insert into account_session (id, account, started_at, seen_at, address, agent)
                values (:id, :account, :now, :now, :address, :agent)""")
                .param("id", id)
                .param("account", account)
                .param("now", Columns.time(now))
                .param("address", Columns.text(address))
                .param("agent", Columns.text(agent.substring(0, Math.min(AGENT, agent.length()))))
                .update();
        return id;
    }

    /** Whether it may go on: nobody ended it, and its account is there and not disabled. */
    public boolean allows(String id, Instant now) {
        Optional<Instant> seen = jdbc.sql("""
                select s.seen_at from account_session s join account a on a.name = s.account
                where s.id = :id and s.ended_at is null and not a.disabled and not a.withdrawn
                    and s.started_at > case a.origin when 'oidc' then :asked else :oldest end""")
                .param("id", id)
                .param("asked", Columns.time(now.minus(LONGEST_OF_PROVIDER)))
                .param("oldest", Columns.time(now.minus(LONGEST)))
                .query((row, number) -> Columns.instant(row, "seen_at"))
                .optional();
        seen.filter(at -> at.isBefore(now.minus(SEEN_EVERY)))
                .ifPresent(at -> jdbc.sql("update account_session set seen_at = :now where id = :id")
                        .param("now", Columns.time(now))
                        .param("id", id)
                        .update());
        return seen.isPresent();
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
                    update account_session set ended_at = :now, ended_by = :actor
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
                update account_session set ended_at = :now, ended_by = :actor
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
