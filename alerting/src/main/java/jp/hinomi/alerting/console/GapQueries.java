package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads where the map had nobody. Thread-safe. */
public final class GapQueries {
    private static final int PAGE = 200;

    /** Each kind of gap of each resource once: from one to the next by the index, however many alerts fell through them. */
    private static final String HOLES = """
            with recursive hole as (
                (select resource_id, kind from coverage_gap order by resource_id, kind limit 1)
                union all
                select next.resource_id, next.kind from hole, lateral (
                    (select resource_id, kind from coverage_gap
                        where resource_id = hole.resource_id and kind > hole.kind
                        order by resource_id, kind limit 1)
                    union all
                    (select resource_id, kind from coverage_gap where resource_id > hole.resource_id
                        order by resource_id, kind limit 1)
                    union all
                    (select resource_id, kind from coverage_gap
                        where resource_id is null and (hole.resource_id is not null or kind > hole.kind)
                        order by resource_id, kind limit 1)
                    limit 1) next)
            """;

    private final JdbcClient jdbc;

    public GapQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The same hole, however many alerts fell through it. @param alertId the last one */
    public record GapRow(
            Optional<String> resource, String kind, String ja, String en, long alerts, Instant last, String alertId) {
        public String text(String language) {
            return "ja".equals(language) ? ja : en;
        }
    }

    /** Last fallen through first; alerts are counted no further than {@link AlertQueries#COUNTED} + 1. */
    public List<GapRow> all() {
        return jdbc.sql(HOLES + """
                select newest.resource_id, newest.kind, newest.text_ja, newest.text_en, newest.alert_id, newest.found_at,
                    (select count(*) from (
                        (select 1 from coverage_gap where resource_id = hole.resource_id and kind = hole.kind limit :most)
                        union all
                        (select 1 from coverage_gap where hole.resource_id is null and resource_id is null
                            and kind = hole.kind limit :most)) counted) as alerts
                from hole, lateral (
                    (select * from coverage_gap where resource_id = hole.resource_id and kind = hole.kind
                        order by resource_id, kind, id desc limit 1)
                    union all
                    (select * from coverage_gap where hole.resource_id is null and resource_id is null and kind = hole.kind
                        order by resource_id, kind, id desc limit 1)
                    limit 1) newest
                order by newest.found_at desc limit :limit""")
                .param("most", AlertQueries.COUNTED + 1)
                .param("limit", PAGE)
                .query((row, number) -> new GapRow(
                        Optional.ofNullable(row.getString("resource_id")),
                        row.getString("kind"),
                        row.getString("text_ja"),
                        row.getString("text_en"),
                        row.getLong("alerts"),
                        Columns.instant(row, "found_at"),
                        row.getString("alert_id")))
                .list();
    }

    public long count() {
        return jdbc.sql(HOLES + "select count(*) from hole").query(Long.class).single();
    }
}
