package jp.hinomi.alerting.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads messages and their attempts. Thread-safe. */
public final class DeliveryQueries {
    public static final int PAGE = 100;

    private static final String COLUMNS = """
            select d.id, d.kind, d.cause,
                case when d.kind = 'event' then d.rule_id end as event, d.alert_id, coalesce(a.title_ja, '') as title_ja,
                coalesce(a.title_en, '') as title_en, d.stakeholder_id, d.contact_id, d.channel_type, d.address,
                d.language, d.disclosure, d.reasons, d.state, d.attempts, d.next_attempt_at, d.deadline, d.created_at,
                d.finished_at, d.last_error
            from delivery d left join alert a on a.id = d.alert_id
            """;

    private final JdbcClient jdbc;

    public DeliveryQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order they were written. */
    public List<DeliveryRow> of(String alertId) {
        return withAttempts(jdbc.sql(COLUMNS + "where d.alert_id = :alert order by d.id")
                .param("alert", alertId)
                .query((row, number) -> row(row))
                .list());
    }

    public Optional<DeliveryRow> find(long id) {
        return withAttempts(jdbc.sql(COLUMNS + "where d.id = :id")
                        .param("id", id)
                        .query((row, number) -> row(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** What was or will be sent; empty for what is held, and for a digest that still collects. */
    public Optional<StoredMessage> message(long id) {
        return jdbc.sql("select channel_type, message from delivery where id = :id and message is not null")
                .param("id", id)
                .query((row, number) -> StoredMessage.of(row.getString("channel_type"), row.getString("message")))
                .optional();
    }

    /** The digest that told it, or settled it. */
    public Optional<Long> digestOf(long id) {
        return jdbc.sql("select digest_id from delivery where id = :id and digest_id is not null")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    /** Newest first. @param state absent = all */
    public List<DeliveryRow> newest(Optional<String> state, Optional<Long> before, int limit) {
        return withAttempts(jdbc.sql(COLUMNS
                        + (state.isPresent() ? "where d.state = :state and" : "where")
                        + " d.id < :before order by d.id desc limit :limit")
                .param("state", state.orElse(""))
                .param("before", before.orElse(Long.MAX_VALUE))
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list());
    }

    /** Those to one contact, or to one webhook, newest first. */
    public List<DeliveryRow> newestTo(String contact, Optional<String> state, Optional<Long> before, int limit) {
        return withAttempts(jdbc.sql(COLUMNS + "where d.contact_id = :contact and (:state = '' or d.state = :state)"
                        + " and d.id < :before order by d.id desc limit :limit")
                .param("contact", contact)
                .param("state", state.orElse(""))
                .param("before", before.orElse(Long.MAX_VALUE))
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list());
    }

    /** What can become of a message, as far as lists tell them apart. */
    public static final List<String> STATES = List.of("dead", "pending", "held", "sent", "digested", "settled");

    /** How many there are, each no further than {@link AlertQueries#COUNTED} + 1; states without a message are left out. */
    public Map<String, Integer> countByState() {
        // Each state in words of its own: only so the server knows which index has it.
        return jdbc
                .sql(STATES.stream()
                        .map(state -> "select '" + state + "' as state, count(*) as n from (select 1 from delivery"
                                + " where state = '" + state + "' limit :limit) counted")
                        .collect(Collectors.joining(" union all ")))
                .param("limit", AlertQueries.COUNTED + 1)
                .query((row, number) -> Map.entry(row.getString("state"), row.getInt("n")))
                .list()
                .stream()
                .filter(counted -> counted.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Dead letters, no further than {@link AlertQueries#COUNTED} + 1. */
    public long dead() {
        return jdbc.sql("select count(*) from (select 1 from delivery where state = 'dead' limit :limit) counted")
                .param("limit", AlertQueries.COUNTED + 1)
                .query(Long.class)
                .single();
    }

    private record Attempted(long delivery, DeliveryRow.Attempt attempt) {}

    private List<DeliveryRow> withAttempts(List<DeliveryRow> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<Long, List<Attempted>> attempts = jdbc
                .sql("""
                select delivery_id, number, at, result, detail, latency_ms from delivery_attempt
                where delivery_id in (:ids) order by delivery_id, number""")
                .param("ids", rows.stream().map(DeliveryRow::id).toList())
                .query((row, number) -> new Attempted(
                        row.getLong("delivery_id"),
                        new DeliveryRow.Attempt(
                                row.getInt("number"),
                                Columns.instant(row, "at"),
                                row.getString("result"),
                                row.getString("detail"),
                                row.getLong("latency_ms"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Attempted::delivery));
        return rows.stream()
                .map(row -> with(
                        row,
                        attempts.getOrDefault(row.id(), List.of()).stream()
                                .map(Attempted::attempt)
                                .toList()))
                .toList();
    }

    private static DeliveryRow with(DeliveryRow row, List<DeliveryRow.Attempt> attempts) {
        return new DeliveryRow(
                row.id(),
                row.kind(),
                row.cause(),
                row.event(),
                row.alertId(),
                row.titleJa(),
                row.titleEn(),
                row.stakeholder(),
                row.contact(),
                row.channel(),
                row.address(),
                row.language(),
                row.disclosure(),
                row.reasons(),
                row.state(),
                row.attempts(),
                row.nextAttemptAt(),
                row.deadline(),
                row.createdAt(),
                row.finishedAt(),
                row.lastError(),
                attempts);
    }

    private static DeliveryRow row(ResultSet row) throws SQLException {
        return new DeliveryRow(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("cause"),
                Optional.ofNullable(row.getString("event")),
                Optional.ofNullable(row.getString("alert_id")),
                row.getString("title_ja"),
                row.getString("title_en"),
                row.getString("stakeholder_id"),
                row.getString("contact_id"),
                row.getString("channel_type"),
                row.getString("address"),
                row.getString("language"),
                row.getString("disclosure"),
                Columns.tree(row.getString("reasons")),
                row.getString("state"),
                row.getInt("attempts"),
                Columns.instant(row, "next_attempt_at"),
                Columns.instant(row, "deadline"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "finished_at"),
                Optional.ofNullable(row.getString("last_error")),
                List.of());
    }
}
