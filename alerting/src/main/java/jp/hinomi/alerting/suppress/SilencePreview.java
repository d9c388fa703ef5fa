package jp.hinomi.alerting.suppress;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Matchers;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a silence would have held back, had it been there: whoever begins one sees what it costs. Thread-safe. */
public final class SilencePreview {
    /** How far it looks back. */
    public static final Duration SPAN = Duration.ofHours(24);

    /** More notices than these are not looked at; the newest are. */
    private static final int MOST = 20_000;

    private static final int SAMPLES = 10;

    private final JdbcClient jdbc;

    public SilencePreview(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One alert that would have waited. @param stakeholders whose notices */
    public record Sample(
            String alertId, String titleJa, String titleEn, Severity severity, Instant at, Set<String> stakeholders) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    /**
     * @param of all notices that were looked at
     * @param alerts distinct ones among those held
     * @param samples the worst, then the newest
     * @param cut true = there were more notices than were looked at
     */
    public record Held(
            int notices, int of, int alerts, Map<Severity, Integer> bySeverity, List<Sample> samples, boolean cut) {}

    private record Notice(Sample alert, String stakeholder, Map<String, Set<String>> labels) {}

    public Held look(Matchers match, Instant now) {
        List<Notice> notices = jdbc.sql("""
                select d.stakeholder_id, d.contact_id, a.id, a.title_ja, a.title_en, a.severity, a.rule_name, a.rule_id,
                    a.group_values, a.raised_at, a.body -> 'rule' -> 'tags' as tags,
                    array(select r.resource_id from alert_resource r where r.alert_id = a.id) as resources
                from (select distinct on (alert_id, contact_id) alert_id, stakeholder_id, contact_id, id from delivery
                    where kind = 'notice' and alert_id is not null and created_at > :since
                    order by alert_id, contact_id, id desc) d
                join alert a on a.id = d.alert_id
                order by d.id desc limit :limit""")
                .param("since", Columns.time(now.minus(SPAN)))
                .param("limit", MOST + 1)
                .query((row, number) -> notice(row))
                .list();
        boolean cut = notices.size() > MOST;
        List<Notice> looked = cut ? notices.subList(0, MOST) : notices;
        int held = 0;
        Map<String, Sample> alerts = new LinkedHashMap<>();
        for (Notice notice : looked) {
            if (match.match(notice.labels())) {
                held++;
                alerts.computeIfAbsent(notice.alert().alertId(), any -> notice.alert())
                        .stakeholders()
                        .add(notice.stakeholder());
            }
        }
        Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
        alerts.values().forEach(alert -> bySeverity.merge(alert.severity(), 1, Integer::sum));
        List<Sample> samples = alerts.values().stream()
                .sorted(java.util.Comparator.comparing(Sample::severity)
                        .thenComparing(Sample::at)
                        .reversed())
                .limit(SAMPLES)
                .toList();
        return new Held(held, looked.size(), alerts.size(), bySeverity, samples, cut);
    }

    private static Notice notice(ResultSet row) throws SQLException {
        Severity severity = Severity.values()[row.getInt("severity")];
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        labels.put("rule", new LinkedHashSet<>(List.of(row.getString("rule_name"), row.getString("rule_id"))));
        labels.put("severity", Set.of(severity.word()));
        labels.put("resource", new LinkedHashSet<>(List.of((String[])
                row.getArray("resources").getArray())));
        labels.put("tag", tags(row.getString("tags")));
        Map<String, String> group =
                Columns.read(row.getString("group_values"), new TypeReference<Map<String, String>>() {});
        group.forEach((field, value) -> labels.put(field, Set.of(value)));
        String stakeholder = row.getString("stakeholder_id");
        labels.put("stakeholder", Set.of(stakeholder));
        labels.put("contact", Set.of(row.getString("contact_id")));
        return new Notice(
                new Sample(
                        row.getString("id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        severity,
                        Columns.instant(row, "raised_at"),
                        new LinkedHashSet<>()),
                stakeholder,
                labels);
    }

    private static Set<String> tags(String json) {
        Set<String> tags = new LinkedHashSet<>();
        if (json != null) {
            for (JsonNode tag : Columns.tree(json)) {
                tags.add(tag.asText());
            }
        }
        return tags;
    }
}
