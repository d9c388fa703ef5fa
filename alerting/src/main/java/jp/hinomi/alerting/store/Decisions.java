package jp.hinomi.alerting.store;

import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Gap;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.RoutingDecision;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps routing decisions with their reasons, and the gaps they found. Thread-safe. */
public final class Decisions {
    private final JdbcClient jdbc;

    public Decisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(
            String alertId, int revision, String cause, String mapVersion, Instant now, Map<String, ?> decision) {
        Writes.write(
                jdbc,
                Writes.Table.DECISION,
                """
                insert into routing_decision (alert_id, revision, cause, map_version, decided_at, decision)
                values (:alert, :revision, :cause, :map, :now, cast(:decision as json))""",
                new MapSqlParameterSource("alert", alertId)
                        .addValue("revision", revision)
                        .addValue("cause", cause)
                        .addValue("map", mapVersion)
                        .addValue("now", Columns.time(now))
                        .addValue("decision", Columns.json(decision)));
    }

    public void addGap(String alertId, Gap gap, Instant now) {
        Writes.write(
                jdbc,
                Writes.Table.GAP,
                """
                insert into coverage_gap (alert_id, resource_id, kind, text_ja, text_en, found_at)
                values (:alert, :resource, :kind, :ja, :en, :now)
                on conflict (alert_id, resource_id, kind) do nothing""",
                new MapSqlParameterSource("alert", alertId)
                        .addValue("resource", gap.resource().map(Columns::text).orElse(null), Types.VARCHAR)
                        .addValue("kind", gap.kind().word())
                        .addValue("ja", Columns.text(gap.text().ja()))
                        .addValue("en", Columns.text(gap.text().en()))
                        .addValue("now", Columns.time(now)));
    }

    /** The decision as it is stored: everything that was looked at, and what came of it. */
    public static Map<String, Object> json(RoutingDecision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", decision.day().toString());
        json.put(
                "resources",
                decision.findings().stream()
                        .map(finding -> {
                            Map<String, Object> item = new LinkedHashMap<>();
                            item.put("id", finding.resource());
                            item.put("part", finding.part().word());
                            finding.by().ifPresent(by -> {
                                item.put("selector", by.selector().toString());
                                item.put("event", by.eventId());
                            });
                            item.put(
                                    "considered",
                                    finding.considered().stream()
                                            .map(considered -> {
                                                Map<String, Object> entry = new LinkedHashMap<>();
                                                entry.put(
                                                        "stakeholder",
                                                        considered
                                                                .responsibility()
                                                                .stakeholder());
                                                entry.put(
                                                        "duty",
                                                        considered
                                                                .responsibility()
                                                                .duty()
                                                                .word());
                                                considered
                                                        .responsibility()
                                                        .basis()
                                                        .ifPresent(basis -> entry.put("basis", basis));
                                                entry.put(
                                                        "verdict",
                                                        considered.verdict().word());
                                                entry.put("text", json(considered.text()));
                                                return entry;
                                            })
                                            .toList());
                            return item;
                        })
                        .toList());
        json.put(
                "recipients",
                decision.recipients().stream().map(Decisions::json).toList());
        json.put("escalations", decision.escalations());
        json.put(
                "gaps",
                decision.gaps().stream()
                        .map(gap -> Map.of(
                                "kind", gap.kind().word(),
                                "resource", gap.resource().orElse(""),
                                "text", json(gap.text())))
                        .toList());
        return json;
    }

    public static Map<String, Object> json(Recipient recipient) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stakeholder", recipient.stakeholder().id());
        json.put("contact", recipient.contact().id());
        json.put("disclosure", recipient.disclosure().word());
        json.put("resources", recipient.resources());
        if (recipient.scope().isWhole()) {
            json.put("whole", true);
        }
        json.put("reasons", json(recipient.reasons()));
        return json;
    }

    public static List<Map<String, String>> json(List<Bilingual> texts) {
        return texts.stream().map(Decisions::json).toList();
    }

    public static Map<String, String> json(Bilingual text) {
        return Map.of("ja", text.ja(), "en", text.en());
    }
}
