package jp.hinomi.alerting.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the running transaction has decided to write and has not written yet. An alert is some twenty rows; where many are
 * taken at a time their rows wait here and go table by table, each table in one batch. What asks the database for something
 * that may be waiting calls {@link #flush()} first. Where none is open, everything is written at once. Bound to the thread
 * of its transaction.
 */
public final class Writes implements AutoCloseable {
    /** In the order in which they are written: what is referred to comes first. */
    public enum Table {
        ALERT,
        ALERT_STATUS,
        EVIDENCE,
        EVIDENCE_KEPT,
        RESOURCE,
        STAKEHOLDER,
        DECISION,
        GAP,
        ESCALATION,
        ESCALATION_STEP,
        TARGET,
        INHIBITOR,
        ANSWER_LINK,
        DELIVERY,
        REPETITION
    }

    private final NamedParameterJdbcOperations jdbc;
    private final Map<Table, Map<String, List<SqlParameterSource>>> waiting = new EnumMap<>(Table.class);
    private final Set<String> newAlerts = new HashSet<>();
    private final Map<Class<?>, Object> notes = new HashMap<>();

    private Writes(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** Until it is closed, this thread's writes wait. Whoever opens it flushes it: what waits at the end is dropped. */
    public static Writes open(NamedParameterJdbcOperations jdbc) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("writes wait for each other within a transaction only");
        }
        Writes writes = new Writes(jdbc);
        TransactionSynchronizationManager.bindResource(Writes.class, writes);
        return writes;
    }

    /** The one that is open on this thread. */
    public static Optional<Writes> current() {
        return Optional.ofNullable((Writes) TransactionSynchronizationManager.getResource(Writes.class));
    }

    /** Whether that alert is new in the transaction, so that nothing can be in the database that refers to it. */
    public static boolean isNew(String alertId) {
        return current().filter(writes -> writes.newAlerts.contains(alertId)).isPresent();
    }

    /** What one part remembers of this transaction. */
    public static <T> Optional<T> note(Class<T> type, Supplier<T> first) {
        return current().map(writes -> type.cast(writes.notes.computeIfAbsent(type, any -> first.get())));
    }

    /** Writes a row now, or with the others of its table. The rows that changed; of one that waits, 1. */
    public static int write(JdbcClient jdbc, Table table, String sql, SqlParameterSource row) {
        Optional<Writes> open = current();
        if (open.isEmpty()) {
            return jdbc.sql(sql).paramSource(row).update();
        }
        open.get()
                .waiting
                .computeIfAbsent(table, any -> new LinkedHashMap<>())
                .computeIfAbsent(sql, any -> new ArrayList<>())
                .add(row);
        return 1;
    }

    /** Writes what waits on this thread, if anything does. */
    public static void flushCurrent() {
        current().ifPresent(Writes::flush);
    }

    void addNew(String alertId) {
        newAlerts.add(alertId);
    }

    public void flush() {
        waiting.values()
                .forEach(statements -> statements.forEach(
                        (sql, rows) -> jdbc.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new))));
        waiting.clear();
    }

    @Override
    public void close() {
        TransactionSynchronizationManager.unbindResource(Writes.class);
    }
}
