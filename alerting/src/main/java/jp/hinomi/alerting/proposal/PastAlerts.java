package jp.hinomi.alerting.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.events.EventJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stored alerts of a rule with their evidence, the newest first, a few at a time: evidence may be large. Thread-safe. */
public final class PastAlerts {
    /** Alerts of a rule that are looked at, the newest. */
    public static final int MOST = 5_000;

    /** Characters of evidence that are looked at: some seconds' worth. */
    private static final long MOST_TEXT = 200_000_000;

    private static final int PAGE = 50;

    private final JdbcClient jdbc;

    public PastAlerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(String id, long seq, Instant raisedAt, Optional<Verdict> verdict, String group, long count) {}

    /** @return how many alerts of the rule are stored */
    public long walk(String rule, Consumer<PastAlert> visitor) {
        long before = Long.MAX_VALUE;
        long left = MOST_TEXT;
        int seen = 0;
        while (seen < MOST && left > 0) {
            List<Row> rows = rows(rule, before);
            if (rows.isEmpty()) {
                return seen;
            }
            Map<String, List<PastAlert.Evidence>> evidence = new HashMap<>();
            left -= evidence(rows.stream().map(Row::id).toArray(String[]::new), evidence);
            rows.forEach(row -> visitor.accept(new PastAlert(
                    row.id(),
                    row.raisedAt(),
                    row.verdict(),
                    row.group(),
                    row.count(),
                    evidence.getOrDefault(row.id(), List.of()))));
            before = rows.get(rows.size() - 1).seq();
            seen += rows.size();
        }
        return jdbc.sql("select count(*) from alert where rule_id = :rule")
                .param("rule", rule)
                .query(Long.class)
                .single();
    }

    private List<Row> rows(String rule, long before) {
        return jdbc.sql("""
                select id, seq, raised_at, coalesce(verdict, '') as verdict, group_values, event_count from alert
                where rule_id = :rule and seq < :before order by seq desc limit :limit""")
                .param("rule", rule)
                .param("before", before)
                .param("limit", PAGE)
                .query((row, number) -> new Row(
                        row.getString("id"),
                        row.getLong("seq"),
                        Columns.instant(row, "raised_at"),
                        Verdict.ofWord(row.getString("verdict")),
                        group(row.getString("group_values")),
                        row.getLong("event_count")))
                .list();
    }

    private static String group(String json) {
        List<String> parts = new ArrayList<>();
        Columns.tree(json)
                .properties()
                .forEach(each -> parts.add(each.getKey() + "=" + each.getValue().asText()));
        return String.join(" ", parts);
    }

    private long evidence(String[] ids, Map<String, List<PastAlert.Evidence>> found) {
        long[] size = {0};
        jdbc.sql("""
                select alert_id, event_id, body from alert_evidence where alert_id = any (cast(:ids as text[]))
                order by alert_id, occurred_at, length(event_id), event_id""").param("ids", ids).query(row -> {
            size[0] += row.getString("body").length();
            found.computeIfAbsent(row.getString("alert_id"), none -> new ArrayList<>())
                    .add(evidence(row));
        });
        return size[0];
    }

    private static PastAlert.Evidence evidence(ResultSet row) throws SQLException {
        var event = EventJson.read(row.getString("body").getBytes(UTF_8), row.getString("event_id"));
        Object matched = event.extra().get("matched");
        return new PastAlert.Evidence(
                event,
                matched instanceof List<?> several
                        ? Set.copyOf(several.stream().map(String::valueOf).toList())
                        : matched == null ? Set.of() : Set.of(matched.toString()));
    }

    /** The evidence of one alert that is kept, by the ids of its events, in the order of time. */
    public Map<String, PastAlert.Evidence> evidence(String alert) {
        Map<String, List<PastAlert.Evidence>> found = new HashMap<>();
        evidence(new String[] {alert}, found);
        Map<String, PastAlert.Evidence> byEvent = new LinkedHashMap<>();
        found.getOrDefault(alert, List.of())
                .forEach(each -> byEvent.put(Columns.text(each.event().id()), each));
        return byEvent;
    }
}
