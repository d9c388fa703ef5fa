package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.ack.Given;
import jp.hinomi.alerting.audit.AuditEntry;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.escalation.Target;
import jp.hinomi.events.Severity;

/** Everything the alert page shows. */
public record AlertDetail(
        AlertRow row,
        Rule rule,
        List<Part> resources,
        List<Indicator> indicators,
        List<EvidenceItem> evidence,
        List<Decision> decisions,
        List<DeliveryRow> deliveries,
        List<EscalationState> escalations,
        List<Given> acknowledgements,
        List<AuditEntry> history,
        SimilarAlerts.Similar similar) {

    /** The evidence in time; empty if there is none. */
    public Optional<EvidenceAxis> axis() {
        return evidence.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        EvidenceAxis.of(evidence.stream().map(EvidenceItem::at).toList()));
    }

    public record Rule(
            String id,
            String name,
            String version,
            Severity level,
            List<String> tags,
            Map<String, String> response,
            List<String> notEvaluable) {
        /** First steps in that language, else in any; empty if there are none. */
        public String response(String language) {
            String text = response.getOrDefault(language, response.get("en"));
            return text != null ? text : response.values().stream().findFirst().orElse("");
        }
    }

    public record Part(String id, String part) {}

    /**
     * What threat intelligence knows; texts may be empty.
     *
     * @param field of the evidence in which {@code value} was found
     */
    public record Indicator(
            String id,
            String feed,
            String name,
            String description,
            String reference,
            String field,
            String value,
            String confidence,
            String tlp) {}

    /** @param fields every decoded field but the original line, by name */
    public record EvidenceItem(
            String id,
            Instant at,
            List<String> matched,
            String original,
            Map<String, String> key,
            Map<String, String> fields) {}

    /** A stored routing decision; its JSON is shown as it was decided. */
    public record Decision(String cause, int revision, String map, Instant at, JsonNode facts) {}

    /** @param targets of every loop so far, in the order they were told */
    public record EscalationState(
            long id,
            Policy policy,
            int loop,
            int step,
            Optional<Instant> nextAt,
            String state,
            Instant startedAt,
            Instant updatedAt,
            List<Told> targets) {
        /** Those of a step in the present loop. */
        public List<Target> of(int wanted) {
            return targets.stream()
                    .filter(told -> told.loop() == loop && told.target().step() == wanted)
                    .map(Told::target)
                    .toList();
        }

        /** @param loop in which the contact was told */
        public record Told(int loop, Target target) {}
    }
}
