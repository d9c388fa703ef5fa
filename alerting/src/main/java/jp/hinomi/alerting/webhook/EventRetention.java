package jp.hinomi.alerting.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets events that were told to webhooks: they are copies of what the audit log says. What has not arrived stays until it has, or
 * its webhook is removed: it is sent when the webhook is resumed. Thread-safe; several instances delete different rows.
 */
public final class EventRetention {
    /** Rows of one transaction: none is long, and no vacuum has much to do at once. */
    private static final int PIECE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration kept;

    /** @param kept after it was sent or given up */
    public EventRetention(JdbcClient jdbc, TransactionTemplate transaction, Duration kept) {
        if (kept.isNegative() || kept.isZero()) {
            throw new IllegalArgumentException("events cannot be kept for " + kept);
        }
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kept = kept;
    }

    /** Deletes a piece of what is too old; false if there was not more than that. */
    public boolean deleteSome(Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            List<Long> over = jdbc.sql("""
                    select id from delivery
                    where channel_type = 'event' and state in ('sent', 'settled') and finished_at < :before
                    order by finished_at limit :piece for update skip locked""")
                    .param("before", Columns.time(now.minus(kept)))
                    .param("piece", PIECE)
                    .query(Long.class)
                    .list();
            Long[] ids = over.toArray(Long[]::new);
            jdbc.sql("delete from delivery_attempt where delivery_id = any (cast(:ids as bigint[]))")
                    .param("ids", ids)
                    .update();
            jdbc.sql("delete from delivery where id = any (cast(:ids as bigint[]))")
                    .param("ids", ids)
                    .update();
            return over.size() == PIECE;
        }));
    }
}
