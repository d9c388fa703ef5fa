package jp.hinomi.alerting.console;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads alerts for lists. Thread-safe. */
public final class AlertQueries {
    public static final int PAGE = 50;

    private static final String COLUMNS = """
            select a.id, a.seq, a.revision, a.title_ja, a.title_en, a.severity, a.tlp, a.status, a.group_values,
                a.event_count, a.raised_at, a.first_seen, a.last_seen, a.received_at,
                array(select r.resource_id from alert_resource r where r.alert_id = a.id
                      group by r.resource_id
                      order by min(array_position(array['target', 'origin', 'observer'], r.part)), r.resource_id) as resources,
                array(select s.stakeholder_id from alert_stakeholder s where s.alert_id = a.id
                      order by s.stakeholder_id) as stakeholders,
                (select count(*) from delivery d where d.alert_id = a.id and d.state in ('sent', 'digested')) as sent,
                (select count(*) from delivery d where d.alert_id = a.id and d.state in ('pending', 'held')) as waiting,
                (select count(*) from delivery d where d.alert_id = a.id and d.state = 'dead') as dead,
                exists (select 1 from coverage_gap g where g.alert_id = a.id) as gap
            from alert a
            where true""";

    private final JdbcClient jdbc;

    public AlertQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest arrivals first. @param before only what arrived before that one */
    public List<AlertRow> page(AlertFilter filter, Optional<Long> before, int limit) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder(COLUMNS);
        where(filter, sql, parameters);
        before.ifPresent(seq -> {
            sql.append("\n and a.seq < :before");
            parameters.put("before", seq);
        });
        sql.append("\n order by a.seq desc limit :limit");
        parameters.put("limit", limit);
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> row(row))
                .list();
    }

    /** The alert if the filter lets it through. */
    public Optional<AlertRow> one(String id, AlertFilter filter) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder(COLUMNS);
        where(filter, sql, parameters);
        sql.append("\n and a.id = :id");
        parameters.put("id", id);
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> row(row))
                .optional();
    }

    /** How many of the filter's alerts arrived after that one. */
    public int countAfter(AlertFilter filter, long seq) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder("select count(*) from alert a where a.seq > :seq");
        parameters.put("seq", seq);
        where(filter, sql, parameters);
        return jdbc.sql(sql.toString()).params(parameters).query(Integer.class).single();
    }

    /** Alerts by status and by severity of those that are open, for the head of the list. */
    public Map<String, Integer> openBySeverity() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), 0);
        }
        jdbc.sql("select severity, count(*) as n from alert where status = 'open' group by severity")
                .query((row, number) -> counts.put(Severity.values()[row.getInt("severity")].word(), row.getInt("n")))
                .list();
        return counts;
    }

    private static void where(AlertFilter filter, StringBuilder sql, Map<String, Object> parameters) {
        if (!filter.severities().isEmpty()) {
            sql.append("\n and a.severity in (:severities)");
            parameters.put(
                    "severities",
                    filter.severities().stream().map(Severity::ordinal).toList());
        }
        filter.status().ifPresent(status -> {
            sql.append("\n and a.status = :status");
            parameters.put("status", status);
        });
        List<String> words = filter.words();
        for (int i = 0; i < words.size(); i++) {
            sql.append("\n and strpos(a.search, :word").append(i).append(") > 0");
            parameters.put("word" + i, Columns.text(words.get(i)));
        }
        filter.resource().ifPresent(id -> {
            sql.append(
                    "\n and exists (select 1 from alert_resource r where r.alert_id = a.id and r.resource_id = :resource)");
            parameters.put("resource", Columns.text(id));
        });
        filter.stakeholder().ifPresent(id -> {
            sql.append("\n and exists (select 1 from alert_stakeholder s where s.alert_id = a.id"
                    + " and s.stakeholder_id = :stakeholder)");
            parameters.put("stakeholder", Columns.text(id));
        });
    }

    private static AlertRow row(ResultSet row) throws SQLException {
        return new AlertRow(
                row.getString("id"),
                row.getLong("seq"),
                row.getInt("revision"),
                row.getString("title_ja"),
                row.getString("title_en"),
                Severity.values()[row.getInt("severity")],
                Tlp.values()[row.getInt("tlp")],
                row.getString("status"),
                Columns.read(row.getString("group_values"), new TypeReference<LinkedHashMap<String, String>>() {}),
                List.of((String[]) row.getArray("resources").getArray()),
                List.of((String[]) row.getArray("stakeholders").getArray()),
                row.getLong("event_count"),
                Columns.instant(row, "raised_at"),
                Columns.instant(row, "first_seen"),
                Columns.instant(row, "last_seen"),
                Columns.instant(row, "received_at"),
                row.getInt("sent"),
                row.getInt("waiting"),
                row.getInt("dead"),
                row.getBoolean("gap"));
    }
}
