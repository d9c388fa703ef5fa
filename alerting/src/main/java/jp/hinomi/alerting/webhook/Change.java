package jp.hinomi.alerting.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.alerting.audit.AuditEntry;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Tlp;

/**
 * Something that happened, as the audit log has it.
 *
 * @param sequence number of its row in the audit log: a later change has a greater one
 * @param subject id of the alert or report, number of the incident
 * @param by {@code system}, {@code account:NAME} or {@code contact:ID}
 * @param facts what changed, for whoever may see everything
 */
public record Change(
        long sequence, EventType type, String subject, Instant at, String by, Map<String, JsonNode> facts) {
    /** Words of people stay inside: notes say things to colleagues. */
    private static final Set<String> NOT_TOLD = Set.of("note", "why", "reason", "text", "contact", "by", "fields");

    /** Of what a stakeholder may see of its own alerts and incidents. */
    private static final Set<String> FOR_STAKEHOLDERS = Set.of("revision", "severity", "count", "status", "tlp");

    public Change {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
        facts = Map.copyOf(facts);
    }

    /** Empty if nobody outside is told of such a thing. */
    static Optional<Change> of(long sequence, AuditEntry entry) {
        Optional<EventType> type = EventType.ofAction(entry.action());
        String subject = entry.object().substring(entry.object().indexOf(':') + 1);
        return type.map(of -> {
            Map<String, JsonNode> facts = facts(Columns.tree(entry.detail()));
            if (of == EventType.ALERT_ANSWERED) {
                facts.put("answer", Columns.tree("\"" + entry.action().substring("alert.".length()) + "\""));
            }
            return new Change(sequence, precisely(of, facts), subject, entry.at(), entry.actor(), facts);
        });
    }

    private static Map<String, JsonNode> facts(JsonNode detail) {
        Map<String, JsonNode> facts = new TreeMap<>();
        detail.fields().forEachRemaining(field -> {
            if (!NOT_TOLD.contains(field.getKey())) {
                facts.put(field.getKey(), field.getValue());
            }
        });
        return facts;
    }

    /** Closing and opening again are edits of the status like others; whoever listens waits for just these. */
    private static EventType precisely(EventType type, Map<String, JsonNode> facts) {
        JsonNode status = facts.get("status");
        if (type != EventType.INCIDENT_CHANGED || status == null) {
            return type;
        }
        if (status.path("after").asText().equals("closed")) {
            return EventType.INCIDENT_CLOSED;
        }
        return status.path("before").asText().equals("closed") ? EventType.INCIDENT_REOPENED : type;
    }

    /** Labels before and after, if it is about those. */
    record Labels(Tlp before, Tlp after) {}

    Optional<Labels> restricted() {
        JsonNode labels = facts.get("tlp");
        return type == EventType.INCIDENT_RESTRICTED && labels != null
                ? Optional.of(new Labels(
                        Tlp.ofWord(labels.path("before").asText()),
                        Tlp.ofWord(labels.path("after").asText())))
                : Optional.empty();
    }

    /** The facts that a stakeholder of it may know. */
    Map<String, JsonNode> factsForStakeholders() {
        Map<String, JsonNode> seen = new TreeMap<>(facts);
        seen.keySet().retainAll(FOR_STAKEHOLDERS);
        return seen;
    }

    /** Whether a stakeholder of it is told: an edit of what it cannot see is none for it. */
    boolean isForStakeholders() {
        return type.isForStakeholders()
                && (type != EventType.INCIDENT_CHANGED
                        || !factsForStakeholders().isEmpty());
    }
}
