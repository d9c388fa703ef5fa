package jp.hinomi.alerting.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.ToldScopes;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads everything that a report of an incident may be filled in with. Thread-safe. */
public final class FactQueries {
    private static final String ALERTS =
            "select alert_id from incident_alert where incident_id = :incident and" + " detached_at is null";

    private final JdbcClient jdbc;
    private final ToldScopes scopes;
    private final Incidents incidents;
    private final Timeline timeline;

    public FactQueries(JdbcClient jdbc, Incidents incidents, Timeline timeline) {
        this.jdbc = jdbc;
        this.scopes = new ToldScopes(jdbc);
        this.incidents = incidents;
        this.timeline = timeline;
    }

    public Facts of(Incident incident) {
        return new Facts(
                incident,
                incident.title(),
                incident.impact(),
                alerts(incident),
                incidents.parties(incident),
                timeline.of(incident.id()),
                told(incident),
                answered(incident));
    }

    private List<Facts.AlertFact> alerts(Incident incident) {
        Map<String, Map<String, Scope>> told = scopes.of(jdbc.sql(ALERTS)
                .param("incident", incident.id())
                .query(String.class)
                .list());
        return jdbc.sql("""
                select a.*, (select count(*) from alert_evidence e where e.alert_id = a.id) as kept,
                    array(select stakeholder_id from alert_stakeholder s where s.alert_id = a.id) as orgs,
                    array(select resource_id || ' ' || part from alert_resource r where r.alert_id = a.id
                        order by array_position(array['target', 'origin', 'observer'], part), resource_id) as parts
                from alert a where a.id in (%s) order by a.raised_at, a.id""".formatted(ALERTS))
                .param("incident", incident.id())
                .query((row, n) -> alert(row, told.getOrDefault(row.getString("id"), Map.of())))
                .list();
    }

    private static Facts.AlertFact alert(ResultSet row, Map<String, Scope> scopes) throws SQLException {
        Map<String, List<String>> resources = new LinkedHashMap<>();
        for (String part : (String[]) row.getArray("parts").getArray()) {
            int space = part.lastIndexOf(' ');
            resources
                    .computeIfAbsent(part.substring(0, space), any -> new ArrayList<>())
                    .add(part.substring(space + 1));
        }
        Map<String, Scope> told = new LinkedHashMap<>();
        for (String stakeholder : (String[]) row.getArray("orgs").getArray()) {
            told.put(stakeholder, scopes.getOrDefault(stakeholder, Scope.NONE));
        }
        return new Facts.AlertFact(
                row.getString("id"),
                row.getString("title_ja"),
                row.getString("title_en"),
                Severity.values()[row.getInt("severity")],
                Tlp.values()[row.getInt("tlp")],
                Columns.instant(row, "raised_at"),
                Columns.instant(row, "first_seen"),
                Columns.instant(row, "last_seen"),
                row.getLong("event_count"),
                row.getLong("kept"),
                Columns.read(row.getString("group_values"), new TypeReference<LinkedHashMap<String, String>>() {}),
                resources,
                told,
                indicators(Columns.tree(row.getString("body"))));
    }

    private static List<Facts.Indicator> indicators(JsonNode alert) {
        List<Facts.Indicator> indicators = new ArrayList<>();
        for (JsonNode each : alert.path("indicators")) {
            String name = each.path("name").asText();
            indicators.add(new Facts.Indicator(
                    each.path("field").asText(),
                    each.path("value").asText(),
                    name.isEmpty() ? each.path("id").asText() : name,
                    each.path("feed").asText(),
                    tlp(each.path("tlp").asText())));
        }
        return indicators;
    }

    /** What says nothing usable is taken for restricted. */
    private static Tlp tlp(String word) {
        try {
            return Tlp.ofWord(word);
        } catch (IllegalArgumentException e) {
            return Tlp.AMBER;
        }
    }

    private List<Facts.Told> told(Incident incident) {
        return jdbc.sql("""
                select d.alert_id, d.stakeholder_id, d.contact_id, d.channel_type, a.tlp,
                    coalesce(g.finished_at, d.finished_at) as at, coalesce(g.state, d.state) = 'sent' as arrived
                from delivery d join alert a on a.id = d.alert_id left join delivery g on g.id = d.digest_id
                where d.alert_id in (%s) and coalesce(g.state, d.state) in ('sent', 'dead')
                order by at, d.id""".formatted(ALERTS))
                .param("incident", incident.id())
                .query((row, n) -> new Facts.Told(
                        row.getString("alert_id"),
                        row.getString("stakeholder_id"),
                        row.getString("contact_id"),
                        row.getString("channel_type"),
                        Columns.instant(row, "at"),
                        row.getBoolean("arrived"),
                        Tlp.values()[row.getInt("tlp")]))
                .list();
    }

    private List<Facts.Answered> answered(Incident incident) {
        return jdbc.sql("""
                select k.*, a.tlp from acknowledgement k join alert a on a.id = k.alert_id
                where k.alert_id in (%s) order by k.at, k.id""".formatted(ALERTS))
                .param("incident", incident.id())
                .query((row, n) -> new Facts.Answered(
                        row.getString("alert_id"),
                        row.getString("kind"),
                        Optional.ofNullable(row.getString("stakeholder_id")),
                        Optional.ofNullable(row.getString("contact_id")).orElse(row.getString("actor")),
                        row.getString("note"),
                        Columns.instant(row, "at"),
                        Tlp.values()[row.getInt("tlp")]))
                .list();
    }
}
