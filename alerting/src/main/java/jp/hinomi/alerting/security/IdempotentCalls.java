package jp.hinomi.alerting.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls that have an effect once, however often they are sent (draft-ietf-httpapi-idempotency-key-header). The answer is kept in
 * the transaction of the effect: after a crash both are there, or neither. Thread-safe, also over several instances.
 */
public final class IdempotentCalls {
    static final Duration KEPT = Duration.ofHours(24);
    static final int MOST = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public IdempotentCalls(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @param type of the content; absent without any */
    public record Kept(int status, Optional<String> type, byte[] body) {
        /** Refusals and failures are not kept: what was not done may be tried again. */
        boolean isWorthKeeping() {
            return status >= 200 && status < 300;
        }
    }

    /** What became of a call. */
    public sealed interface Result {
        record Done(Kept answer) implements Result {}

        /** It was made before; nothing was done now. */
        record Before(Kept answer) implements Result {}

        /** The key was used for another call. */
        record OtherCall() implements Result {}

        /** The same is under way. */
        record UnderWay() implements Result {}

        /** The client keeps too many. */
        record TooMany() implements Result {}
    }

    /**
     * @param client whose keys they are
     * @param request what the call is, as a hash
     * @param work makes the call, within a transaction that is undone unless it succeeds
     */
    public Result make(String client, String key, byte[] request, Instant now, Supplier<Kept> work) {
        return Objects.requireNonNull(transaction.execute(status -> within(client, key, request, now, work, status)));
    }

    private Result within(
            String client, String key, byte[] request, Instant now, Supplier<Kept> work, TransactionStatus status) {
        boolean first = jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:call, 81))")
                .param("call", client + "\n" + key)
                .query(Boolean.class)
                .single();
        if (!first) {
            return new Result.UnderWay();
        }
        Optional<Result> before = before(client, key, request, now);
        if (before.isPresent()) {
            return before.get();
        }
        if (count(client) >= MOST) {
            return new Result.TooMany();
        }
        Kept answer = work.get();
        if (answer.isWorthKeeping()) {
            keep(client, key, request, answer, now);
        } else {
            status.setRollbackOnly();
        }
        return new Result.Done(answer);
    }

    private Optional<Result> before(String client, String key, byte[] request, Instant now) {
        jdbc.sql("""
                delete from idempotent_call where ctid = any (array(
                    select ctid from idempotent_call where at < :old order by at limit 500 for update skip locked))""").param("old", Columns.time(now.minus(KEPT))).update();
        return jdbc.sql("""
                select request, status, type, body from idempotent_call
                where client = :client and key = :key and at >= :old""")
                .param("client", client)
                .param("key", key)
                .param("old", Columns.time(now.minus(KEPT)))
                .query((row, number) -> Arrays.equals(row.getBytes("request"), request)
                        ? new Result.Before(new Kept(
                                row.getInt("status"), Optional.ofNullable(row.getString("type")), row.getBytes("body")))
                        : (Result) new Result.OtherCall())
                .optional();
    }

    private long count(String client) {
        return jdbc.sql("select count(*) from (select 1 from idempotent_call where client = :client limit :most) kept")
                .param("client", client)
                .param("most", MOST)
                .query(Long.class)
                .single();
    }

    private void keep(String client, String key, byte[] request, Kept answer, Instant now) {
        jdbc.sql("""
                insert into idempotent_call (client, key, request, status, type, body, at)
                values (:client, :key, :request, :status, :type, :body, :now)
                on conflict (client, key) do update
                set request = excluded.request, status = excluded.status, type = excluded.type, body = excluded.body,
                    at = excluded.at""")
                .param("client", client)
                .param("key", key)
                .param("request", request)
                .param("status", answer.status())
                .param("type", answer.type().orElse(null), java.sql.Types.VARCHAR)
                .param("body", answer.body())
                .param("now", Columns.time(now))
                .update();
    }
}
