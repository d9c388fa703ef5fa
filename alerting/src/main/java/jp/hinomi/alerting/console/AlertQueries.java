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

/**
 * Reads alerts for lists. Nothing is counted further than {@link #COUNTED}, and pages go on after a row instead of counting
 * rows from the top, so that no answer takes longer the more alerts there are. Thread-safe.
 */
public final class AlertQueries {
    public static final int PAGE = 50;

    /** Counts end here: "10,000+". */
    public static final int COUNTED = 10_000;

    private static final String COLUMNS = """
            select a.id, a.seq, a.revision, a.title_ja, a.title_en, a.severity, a.tlp, a.status, a.group_values,
                a.event_count, a.raised_at, a.first_seen, a.last_seen, a.received_at, a.rule_id, a.rule_name, a.work,
                a.assignee, a.verdict, a.triage_version,
                array(select r.resource_id from alert_resource r where r.alert_id = a.id
                      group by r.resource_id
                      order by min(array_position(array['target', 'origin', 'observer'], r.part)), r.resource_id) as resources,
                array(select s.stakeholder_id from alert_stakeholder s where s.alert_id = a.id
                      order by s.stakeholder_id) as stakeholders,
                (select count(*) from delivery d where d.alert_id = a.id and d.state in ('sent', 'digested')) as sent,
                (select count(*) from delivery d where d.alert_id = a.id and d.state in ('pending', 'held')) as waiting,
                (select count(*) from delivery d where d.alert_id = a.id and d.state = 'dead') as dead,
                exists (select 1 from coverage_gap g where g.alert_id = a.id) as gap,
                (select min(e.next_at) from escalation e where e.alert_id = a.id and e.state = 'running') as next_step_at,
                (select min(b.kind) from bulk_item i join bulk_action b on b.id = i.action_id
                    where i.alert_id = a.id and i.result is null) as under_way
            from alert a
            where true""";

    private final JdbcClient jdbc;

    public AlertQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a page begins: after that alert in the list's order. */
    public record After(int severity, long seq) {
        static After of(AlertRow row) {
            return new After(row.severity().ordinal(), row.seq());
        }

        /** {@code 4.1234}. */
        public String word() {
            return severity + "." + seq;
        }

        /** Of what an address says; empty if that is no place. */
        public static Optional<After> ofWord(String word) {
            String[] parts = word.split("\\.", -1);
            try {
                return parts.length == 2
                        ? Optional.of(new After(Integer.parseInt(parts[0]), Long.parseLong(parts[1])))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** Newest arrivals first. @param before only what arrived before that one */
    public List<AlertRow> page(AlertFilter filter, Optional<Long> before, int limit) {
        return page(filter, "", before.map(seq -> new After(0, seq)), limit);
    }

    /** In the filter's order. @param me the account that looks */
    public List<AlertRow> page(AlertFilter filter, String me, Optional<After> after, int limit) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder(COLUMNS);
        AlertConditions.add(filter, me, sql, parameters);
        after.ifPresent(place -> {
            parameters.put("seq", place.seq());
            if (filter.worstFirst()) {
                sql.append("\n and (a.severity, a.seq) < (:place, :seq)");
                parameters.put("place", place.severity());
            } else {
                sql.append("\n and a.seq < :seq");
            }
        });
        sql.append(filter.worstFirst() ? "\n order by a.severity desc, a.seq desc" : "\n order by a.seq desc")
                .append(" limit :limit");
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
        AlertConditions.add(filter, "", sql, parameters);
        sql.append("\n and a.id = :id");
        parameters.put("id", id);
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> row(row))
                .optional();
    }

    /** How many of the filter's alerts arrived after that one; no more than {@link #COUNTED} + 1. */
    public int countAfter(AlertFilter filter, String me, long seq) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder("select count(*) from (select 1 from alert a where a.seq > :seq");
        parameters.put("seq", seq);
        AlertConditions.add(filter, me, sql, parameters);
        parameters.put("limit", COUNTED + 1);
        return jdbc.sql(sql.append(" limit :limit) counted").toString())
                .params(parameters)
                .query(Integer.class)
                .single();
    }

    /** The last arrival: what comes later was not there when somebody looked. */
    public long newest() {
        return jdbc.sql("select coalesce(max(seq), 0) from alert")
                .query(Long.class)
                .single();
    }

    /** Open alerts by severity, each no further than {@link #COUNTED} + 1, for the head of the list. */
    public Map<String, Integer> openBySeverity() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), 0);
        }
        jdbc.sql("""
                select severity, (select count(*) from (select 1 from alert
                    where status = 'open' and severity = level.severity limit :limit) counted) as n
                from generate_series(0, :worst) as level (severity)""")
                .param("limit", COUNTED + 1)
                .param("worst", Severity.values().length - 1)
                .query((row, number) -> counts.put(Severity.values()[row.getInt("severity")].word(), row.getInt("n")))
                .list();
        return counts;
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
                row.getBoolean("gap"),
                row.getString("rule_id"),
                row.getString("rule_name"),
                row.getString("work"),
                Optional.ofNullable(row.getString("assignee")),
                Optional.ofNullable(row.getString("verdict")),
                row.getInt("triage_version"),
                Columns.optionalInstant(row, "next_step_at"),
                Optional.ofNullable(row.getString("under_way")));
    }
}
