package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads everything about one alert. Thread-safe. */
public final class DetailQueries {
    private static final AlertFilter ALL = AlertFilter.of(null, null, null, null, null);

    /** Shown without opening the list of all fields: what an analyst looks at first. */
    private static final List<String> KEY_FIELDS = List.of(
            "source.ip",
            "source.port",
            "user.name",
            "destination.ip",
            "destination.port",
            "host.name",
            "event.action",
            "event.outcome",
            "http.request.method",
            "url.original",
            "http.response.status_code",
            "rule.name",
            "service.name",
            "user_agent.original");

    private static final Set<String> NOT_FIELDS = Set.of("event.id", "@timestamp", "matched", "event.original");

    private final JdbcClient jdbc;
    private final AlertQueries alerts;
    private final DeliveryQueries deliveries;
    private final Acknowledgements acknowledgements;
    private final AuditLog audit;
    private final SimilarAlerts similar;

    public DetailQueries(
            JdbcClient jdbc,
            AlertQueries alerts,
            DeliveryQueries deliveries,
            Acknowledgements acknowledgements,
            AuditLog audit,
            SimilarAlerts similar) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.deliveries = deliveries;
        this.acknowledgements = acknowledgements;
        this.audit = audit;
        this.similar = similar;
    }

    public Optional<AlertDetail> of(String id) {
        return alerts.one(id, ALL)
                .map(row -> new AlertDetail(
                        row,
                        rule(id),
                        resources(id),
                        indicators(id),
                        evidence(id),
                        decisions(id),
                        deliveries.of(id),
                        escalations(id),
                        acknowledgements.of(id),
                        audit.of("alert:" + id),
                        similar.of(id, row.rule())));
    }

    private JsonNode body(String id) {
        return Columns.tree(jdbc.sql("select body from alert where id = :id")
                .param("id", id)
                .query(String.class)
                .single());
    }

    private AlertDetail.Rule rule(String id) {
        JsonNode alert = body(id);
        JsonNode rule = alert.get("rule");
        Map<String, String> response = new LinkedHashMap<>();
        if (rule.has("response")) {
            rule.get("response")
                    .properties()
                    .forEach(text -> response.put(text.getKey(), text.getValue().asText()));
        }
        return new AlertDetail.Rule(
                rule.get("id").asText(),
                rule.get("name").asText(),
                rule.get("version").asText(),
                Severity.ofWord(rule.get("level").asText()),
                strings(rule.get("tags")),
                response,
                strings(alert.get("not_evaluable")));
    }

    private List<AlertDetail.Indicator> indicators(String id) {
        List<AlertDetail.Indicator> indicators = new ArrayList<>();
        for (JsonNode each : body(id).path("indicators")) {
            indicators.add(new AlertDetail.Indicator(
                    each.path("id").asText(),
                    each.path("feed").asText(),
                    each.path("name").asText(),
                    each.path("description").asText(),
                    each.path("reference").asText(),
                    each.path("field").asText(),
                    each.path("value").asText(),
                    each.path("confidence").asText(),
                    each.path("tlp").asText()));
        }
        return indicators;
    }

    private List<AlertDetail.Part> resources(String id) {
        return jdbc.sql("""
                select resource_id, part from alert_resource where alert_id = :id
                order by array_position(array['target', 'origin', 'observer'], part), resource_id""")
                .param("id", id)
                .query((row, number) -> new AlertDetail.Part(row.getString("resource_id"), row.getString("part")))
                .list();
    }

    /** A field of one piece of evidence, whole. */
    Optional<ValuePages.Found> value(String alertId, String eventId, String field) {
        return jdbc.sql("""
                select event_id, occurred_at, body from alert_evidence where alert_id = :id and event_id = :event""")
                .param("id", alertId)
                .param("event", eventId)
                .query((row, number) -> {
                    Map<String, String> fields = new TreeMap<>();
                    flatten("", Columns.tree(row.getString("body")), fields);
                    Instant at = Columns.instant(row, "occurred_at");
                    return Optional.ofNullable(fields.get(field)).map(value -> new ValuePages.Found(value, at));
                })
                .optional()
                .flatMap(found -> found);
    }

    /** A value that the alert is grouped by. */
    Optional<ValuePages.Found> groupValue(String alertId, String field) {
        return alerts.one(alertId, ALL)
                .flatMap(row -> Optional.ofNullable(row.group().get(field))
                        .map(value -> new ValuePages.Found(value, row.lastSeen())));
    }

    /** Whether threat intelligence said something of that value. */
    boolean isIndicator(String alertId, String value) {
        return indicators(alertId).stream()
                .anyMatch(indicator -> indicator.value().equals(value));
    }

    private List<AlertDetail.EvidenceItem> evidence(String id) {
        return jdbc.sql("""
                select event_id, occurred_at, body from alert_evidence where alert_id = :id
                order by occurred_at, length(event_id), event_id""")
                .param("id", id)
                .query((row, number) -> evidence(row))
                .list();
    }

    private static AlertDetail.EvidenceItem evidence(ResultSet row) throws SQLException {
        JsonNode body = Columns.tree(row.getString("body"));
        Map<String, String> fields = new TreeMap<>();
        flatten("", body, fields);
        String original = fields.getOrDefault("event.original", fields.getOrDefault("message", ""));
        fields.keySet().removeAll(NOT_FIELDS);
        Map<String, String> key = new LinkedHashMap<>();
        for (String name : KEY_FIELDS) {
            if (fields.containsKey(name)) {
                key.put(name, fields.get(name));
            }
        }
        return new AlertDetail.EvidenceItem(
                row.getString("event_id"),
                Columns.instant(row, "occurred_at"),
                body.has("matched") ? strings(body.get("matched")) : List.of(),
                original,
                key,
                fields);
    }

    private static void flatten(String prefix, JsonNode object, Map<String, String> fields) {
        object.properties().forEach(entry -> {
            String name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(name, value, fields);
            } else if (value.isArray()) {
                fields.put(name, String.join(", ", strings(value)));
            } else {
                fields.put(name, value.asText());
            }
        });
    }

    private static List<String> strings(JsonNode value) {
        List<String> strings = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(element -> strings.add(element.isValueNode() ? element.asText() : element.toString()));
        } else if (value != null && value.isValueNode()) {
            strings.add(value.asText());
        }
        return strings;
    }

    private List<AlertDetail.Decision> decisions(String id) {
        return jdbc.sql("""
                select cause, revision, map_version, decided_at, decision from routing_decision
                where alert_id = :id order by id""")
                .param("id", id)
                .query((row, number) -> new AlertDetail.Decision(
                        row.getString("cause"),
                        row.getInt("revision"),
                        row.getString("map_version"),
                        Columns.instant(row, "decided_at"),
                        Columns.tree(row.getString("decision"))))
                .list();
    }

    private List<AlertDetail.EscalationState> escalations(String id) {
        Map<Long, List<AlertDetail.EscalationState.Told>> told = new LinkedHashMap<>();
        jdbc.sql("""
                select * from escalation_target where escalation_id in (select id from escalation where alert_id = :id)
                order by escalation_id, loop, step, told_at, contact_id""")
                .param("id", id)
                .query((row, number) -> told.computeIfAbsent(row.getLong("escalation_id"), any -> new ArrayList<>())
                        .add(new AlertDetail.EscalationState.Told(row.getInt("loop"), Escalations.target(row))))
                .list();
        return jdbc.sql("select * from escalation where alert_id = :id order by id")
                .param("id", id)
                .query((row, number) -> new AlertDetail.EscalationState(
                        row.getLong("id"),
                        Escalations.policy(row.getString("policy_id"), row.getString("policy")),
                        row.getInt("loop"),
                        row.getInt("step"),
                        Columns.optionalInstant(row, "next_at"),
                        row.getString("state"),
                        Columns.instant(row, "started_at"),
                        Columns.instant(row, "updated_at"),
                        told.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }
}
