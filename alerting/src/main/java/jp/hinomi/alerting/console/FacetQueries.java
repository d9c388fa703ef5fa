package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what a filter lets through, by the values that one may filter for. Counted are the newest alerts alone, no more than
 * {@link #COUNTED} and no more than are found in {@link AlertQueries#LOOK}: counting a million takes a second on every look, and
 * what an analyst does next does not depend on it. Thread-safe.
 */
public final class FacetQueries {
    private static final int VALUES = 8;

    /** Each costs two look-ups, of its resources and of those who were told: some 30 microseconds. */
    static final int COUNTED = 3000;

    private static final String HITS = """
            with hit as materialized (
                select a.id, a.seq, a.severity, a.work, a.rule_id, a.title_ja, a.title_en, a.tlp, a.assignee,
                    a.first_seen, a.last_seen
                from alert a where a.seq = any (cast(:seqs as bigint[])))""";

    private final AlertQueries alerts;
    private final JdbcClient jdbc;

    public FacetQueries(AlertQueries alerts, JdbcClient jdbc) {
        this.alerts = alerts;
        this.jdbc = jdbc;
    }

    /** @param label in both languages where the value has a name of its own; else the value */
    public record Value(String value, String labelJa, String labelEn, int count) {
        public String label(String language) {
            return "ja".equals(language) ? labelJa : labelEn;
        }
    }

    /**
     * @param counted how many alerts were counted
     * @param all false if there are or may be more than were counted
     * @param byName facets in order, each with its commonest values
     */
    public record Facets(int counted, boolean all, Map<String, List<Value>> byName) {}

    private record Counted(String facet, Value value) {}

    public Facets of(AlertFilter filter, String me) {
        AlertQueries.Newest newest = alerts.newest(filter, me, COUNTED);
        String sql = HITS + """
                , counted as (
                    select 'severity' as facet, severity::text as value, '' as ja, '' as en, count(*) as n
                        from hit group by severity
                    union all select 'status', work, '', '', count(*) from hit group by work
                    union all select 'tlp', tlp::text, '', '', count(*) from hit group by tlp
                    union all select 'assignee', coalesce(assignee, ''), '', '', count(*) from hit group by assignee
                    union all select 'rule', rule_id, min(title_ja), min(title_en), count(*) from hit group by rule_id
                    union all select 'resource', r.resource_id, '', '', count(*)
                        from hit, lateral (select distinct resource_id from alert_resource where alert_id = hit.id) r
                        group by r.resource_id
                    union all select 'stakeholder', s.stakeholder_id, '', '', count(*)
                        from hit, lateral (select stakeholder_id from alert_stakeholder where alert_id = hit.id offset 0) s
                        group by s.stakeholder_id)
                select facet, value, ja, en, n from (
                    select counted.*, row_number() over (partition by facet order by n desc, value) as place from counted) ranked
                where place <= :values order by facet, place""";
        List<Counted> counted = jdbc.sql(sql)
                .param("seqs", newest.seqs())
                .param("values", VALUES)
                .query((row, number) -> new Counted(
                        row.getString("facet"),
                        new Value(row.getString("value"), row.getString("ja"), row.getString("en"), row.getInt("n"))))
                .list();
        Map<String, List<Value>> facets = new LinkedHashMap<>();
        for (String facet : List.of("severity", "status", "assignee", "rule", "resource", "stakeholder", "tlp")) {
            facets.put(facet, new ArrayList<>());
        }
        counted.forEach(each -> facets.get(each.facet()).add(named(each.facet(), each.value())));
        return new Facets(newest.seqs().length, newest.all(), facets);
    }

    /** What the address says for the value. */
    private static Value named(String facet, Value value) {
        return switch (facet) {
            case "severity" -> value(Severity.values()[Integer.parseInt(value.value())].word(), value);
            case "tlp" -> value(Tlp.values()[Integer.parseInt(value.value())].word(), value);
            case "assignee" -> value(value.value().isEmpty() ? AlertFilter.NOBODY : value.value(), value);
            case "rule" -> value;
            default -> value(value.value(), value);
        };
    }

    private static Value value(String word, Value value) {
        return new Value(word, word, word, value.count());
    }

    /** Alerts that have a value in common. @param worst the severity of the worst */
    public record Group(Value value, Severity worst, int open, Instant first, Instant last) {}

    /** What one may group by. */
    public static final List<String> GROUPS =
            List.of("rule", "resource", "stakeholder", "assignee", "severity", "value");

    /** Of the newest alerts, by one of {@link #GROUPS}: the largest groups first. */
    public List<Group> groups(AlertFilter filter, String me, String by) {
        String from = switch (by) {
            case "resource" ->
                "select hit.*, r.resource_id as value, '' as ja, '' as en from hit,"
                        + " lateral (select distinct resource_id from alert_resource where alert_id = hit.id) r";
            case "stakeholder" ->
                "select hit.*, s.stakeholder_id as value, '' as ja, '' as en from hit,"
                        + " lateral (select stakeholder_id from alert_stakeholder where alert_id = hit.id offset 0) s";
            case "assignee" -> "select hit.*, coalesce(assignee, '') as value, '' as ja, '' as en from hit";
            case "severity" -> "select hit.*, severity::text as value, '' as ja, '' as en from hit";
            case "value" ->
                "select hit.*, pair.value, '' as ja, '' as en from hit join alert a on a.id = hit.id,"
                        + " lateral (select left(value, 200) as value from json_each_text(a.group_values)) pair";
            default -> "select hit.*, rule_id as value, title_ja as ja, title_en as en from hit";
        };
        String sql = HITS + "\n select value, min(ja) as ja, min(en) as en, count(*) as n, max(severity) as worst,"
                + " count(*) filter (where work = 'open') as open, min(first_seen) as first, max(last_seen) as last"
                + " from (" + from + ") grouped group by value order by n desc, value limit :groups";
        return jdbc.sql(sql)
                .param("seqs", alerts.newest(filter, me, COUNTED).seqs())
                .param("groups", AlertQueries.PAGE)
                .query((row, number) -> new Group(
                        named(
                                by,
                                new Value(
                                        row.getString("value"),
                                        row.getString("ja"),
                                        row.getString("en"),
                                        row.getInt("n"))),
                        Severity.values()[row.getInt("worst")],
                        row.getInt("open"),
                        Columns.instant(row, "first"),
                        Columns.instant(row, "last")))
                .list();
    }
}
