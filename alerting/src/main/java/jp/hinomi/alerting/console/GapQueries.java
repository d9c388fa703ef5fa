package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads where the map had nobody. Thread-safe. */
public final class GapQueries {
    private static final int PAGE = 200;
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

    /** Last fallen through first. */
    public List<GapRow> all() {
        return jdbc.sql("""
                select resource_id, kind, count(*) as alerts, max(found_at) as last,
                    (array_agg(text_ja order by id desc))[1] as ja,
                    (array_agg(text_en order by id desc))[1] as en,
                    (array_agg(alert_id order by id desc))[1] as alert_id
                from coverage_gap group by resource_id, kind order by last desc limit :limit""")
                .param("limit", PAGE)
                .query((row, number) -> new GapRow(
                        Optional.ofNullable(row.getString("resource_id")),
                        row.getString("kind"),
                        row.getString("ja"),
                        row.getString("en"),
                        row.getLong("alerts"),
                        Columns.instant(row, "last"),
                        row.getString("alert_id")))
                .list();
    }

    /** Each kind of gap of each resource once: from one to the next by the index, however many alerts fell through them. */
    public long count() {
        return jdbc.sql("""
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
                select count(*) from hole""").query(Long.class).single();
    }
}
