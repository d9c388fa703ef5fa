package jp.hinomi.alerting.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import jp.hinomi.alerting.routing.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which part of an alert whom was told of, by the decisions that are stored: the map may say otherwise by now, and what was told stays
 * told. Thread-safe.
 */
public final class ToldScopes {
    private final JdbcClient jdbc;

    public ToldScopes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By id of the stakeholder; without those of whom no decision says it: older ones did not. */
    public Map<String, Scope> of(String alert) {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        read(List.of(alert)).forEach(told -> scopes.merge(told.stakeholder(), told.scope(), Scope::and));
        return scopes;
    }

    /** By alert and then by stakeholder. */
    public Map<String, Map<String, Scope>> of(Collection<String> alerts) {
        Map<String, Map<String, Scope>> scopes = new LinkedHashMap<>();
        read(alerts)
                .forEach(told -> scopes.computeIfAbsent(told.alert(), any -> new LinkedHashMap<>())
                        .merge(told.stakeholder(), told.scope(), Scope::and));
        return scopes;
    }

    /** Absent if no decision told it. */
    public Optional<Scope> ofContact(String alert, String contact) {
        return read(List.of(alert)).stream()
                .filter(told -> told.contact().equals(contact))
                .map(Told::scope)
                .reduce(Scope::and);
    }

    private record Told(String alert, String stakeholder, String contact, Scope scope) {}

    private List<Told> read(Collection<String> alerts) {
        return jdbc.sql("""
                        select d.alert_id, recipient.value as told
                        from routing_decision d cross join lateral json_array_elements(d.decision -> 'recipients') recipient
                        where d.alert_id = any (cast(:alerts as text[]))
                          and (recipient.value -> 'resources') is not null""")
                .param("alerts", alerts.stream().map(Columns::text).toArray(String[]::new))
                .query((row, number) -> told(row.getString("alert_id"), Columns.tree(row.getString("told"))))
                .list();
    }

    private static Told told(String alert, JsonNode recipient) {
        TreeSet<String> resources = new TreeSet<>();
        recipient.path("resources").forEach(id -> resources.add(id.asText()));
        return new Told(
                alert,
                recipient.path("stakeholder").asText(),
                recipient.path("contact").asText(),
                new Scope(recipient.path("whole").asBoolean(), resources));
    }
}
