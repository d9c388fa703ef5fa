package jp.hinomi.alerting.triage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.store.Columns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what was planned for many alerts when the time to take it back is over: each alert in a transaction of its own, so that
 * an instance that dies leaves nothing half done, and another goes on. One may run on every instance.
 */
public final class BulkRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BulkRunner.class);

    /** Alerts before another action has its turn. */
    private static final int AT_ONCE = 50;

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Triage triage;
    private final Incidents incidents;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public BulkRunner(
            JdbcClient jdbc, Triage triage, Incidents incidents, TransactionTemplate transaction, InstantSource clock) {
        this.jdbc = jdbc;
        this.triage = triage;
        this.incidents = incidents;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Planned(long id, Step step, String note, String account) {}

    private record Item(String alertId, int seen) {}

    /** Does some of what is due. False if nothing is. */
    public boolean runSome() {
        Instant now = clock.instant();
        Optional<Planned> planned = claim(now);
        planned.ifPresent(this::run);
        return planned.isPresent();
    }

    private Optional<Planned> claim(Instant now) {
        return jdbc.sql("""
                update bulk_action set state = 'running', lease_until = :lease where id = (
                    select id from bulk_action
                    where state in ('waiting', 'running') and due_at <= :now and (lease_until is null or lease_until < :now)
                    order by due_at limit 1 for update skip locked)
                returning id, kind, argument, note, account""")
                .param("lease", Columns.time(now.plus(LEASE)))
                .param("now", Columns.time(now))
                .query((row, number) -> new Planned(
                        row.getLong("id"),
                        Step.of(row.getString("kind"), row.getString("argument"))
                                .orElseThrow(),
                        row.getString("note"),
                        row.getString("account")))
                .optional();
    }

    private void run(Planned planned) {
        List<Item> items = jdbc.sql("""
                select alert_id, seen_version from bulk_item where action_id = :id and result is null
                order by alert_id limit :some""")
                .param("id", planned.id())
                .param("some", AT_ONCE)
                .query((row, number) -> new Item(row.getString("alert_id"), row.getInt("seen_version")))
                .list();
        Planned now = planned;
        for (Item item : items) {
            now = one(now, item);
        }
        release(planned, items.size() < AT_ONCE);
    }

    /** @return what is planned for the rest: alerts after the first go into the incident that it opened */
    private Planned one(Planned planned, Item item) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                if (planned.step() instanceof Step.Attach attach
                        && attach.incident().isEmpty()) {
                    return open(planned, item);
                }
                Result result = triage.take(
                        item.alertId(),
                        planned.step(),
                        planned.note(),
                        OptionalInt.of(item.seen()),
                        planned.account(),
                        clock.instant());
                write(planned, item, result.word());
                return planned;
            }));
        } catch (TransientDataAccessException | DataAccessResourceFailureException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Step {} of bulk action {} failed for alert {}", planned.step(), planned.id(), item.alertId(), e);
            write(planned, item, "failed");
            return planned;
        }
    }

    private Planned open(Planned planned, Item item) {
        Optional<Incident> incident =
                incidents.open(item.alertId(), Optional.empty(), "account:" + planned.account(), clock.instant());
        if (incident.isEmpty()) {
            write(planned, item, Result.UNKNOWN.word());
            return planned;
        }
        String number = incident.get().number();
        jdbc.sql("update bulk_action set argument = :number where id = :id")
                .param("number", number)
                .param("id", planned.id())
                .update();
        write(planned, item, Result.DONE.word());
        return new Planned(planned.id(), new Step.Attach(Optional.of(number)), planned.note(), planned.account());
    }

    private void write(Planned planned, Item item, String result) {
        jdbc.sql("update bulk_item set result = :result where action_id = :id and alert_id = :alert")
                .param("result", result)
                .param("id", planned.id())
                .param("alert", item.alertId())
                .update();
    }

    private void release(Planned planned, boolean last) {
        Instant now = clock.instant();
        jdbc.sql("""
                update bulk_action set state = :state, lease_until = null, due_at = :now, finished_at = :finished
                where id = :id""")
                .param("state", last ? "done" : "running")
                .param("now", Columns.time(now))
                .param("finished", last ? Columns.time(now) : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", planned.id())
                .update();
    }
}
