package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Other alerts of the same rule and how they were judged: what this one probably is. Thread-safe. */
public final class SimilarAlerts {
    private static final int LISTED = 6;

    /** How many of the rule's last alerts are counted. */
    private static final int COUNTED = 200;

    private static final String COLUMNS = "select id, work, verdict, assignee, last_seen from alert";

    private final JdbcClient jdbc;

    public SimilarAlerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param same whether it has the same values */
    public record Like(
            String id, String work, Optional<String> verdict, Optional<String> assignee, Instant last, boolean same) {}

    /**
     * @param alerts those with the same values first, each newest first
     * @param counted how many of the rule's last alerts the figures are of
     * @param verdicts how many were judged how; what was not judged under the empty word
     */
    public record Similar(List<Like> alerts, int counted, Map<String, Integer> verdicts) {}

    public Similar of(String id, String rule) {
        Map<String, Like> found = new LinkedHashMap<>();
        Stream.of(true, false)
                .forEach(same -> list(id, rule, same).forEach(like -> found.putIfAbsent(like.id(), like)));
        Map<String, Integer> verdicts = new LinkedHashMap<>();
        jdbc.sql("""
                select coalesce(verdict, '') as word, count(*) as n from (
                    select verdict from alert where rule_id = :rule and id <> :id order by seq desc limit :most) newest
                group by word order by n desc, word""")
                .param("rule", rule)
                .param("id", id)
                .param("most", COUNTED)
                .query((row, number) -> verdicts.put(row.getString("word"), row.getInt("n")))
                .list();
        return new Similar(
                new ArrayList<>(found.values()).subList(0, Math.min(LISTED, found.size())),
                verdicts.values().stream().mapToInt(Integer::intValue).sum(),
                verdicts);
    }

    private List<Like> list(String id, String rule, boolean same) {
        return jdbc.sql(COLUMNS + " where rule_id = :rule and id <> :id"
                        + (same
                                ? " and md5(group_values::text) = (select md5(group_values::text) from alert where id = :id)"
                                : "")
                        + " order by seq desc limit :most")
                .param("rule", rule)
                .param("id", id)
                .param("most", LISTED)
                .query((row, number) -> new Like(
                        row.getString("id"),
                        row.getString("work"),
                        Optional.ofNullable(row.getString("verdict")),
                        Optional.ofNullable(row.getString("assignee")),
                        Columns.instant(row, "last_seen"),
                        same))
                .list();
    }
}
