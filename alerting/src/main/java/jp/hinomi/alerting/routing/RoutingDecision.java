package jp.hinomi.alerting.routing;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * Who is told of an alert, and why; also who was passed over, and why.
 *
 * @param day the alert's day in the city's zone: responsibilities count as they were then
 * @param escalations ids of the escalations that start
 */
public record RoutingDecision(
        LocalDate day, List<Finding> findings, List<Recipient> recipients, List<String> escalations, List<Gap> gaps) {
    public RoutingDecision {
        Objects.requireNonNull(day, "day");
        findings = List.copyOf(findings);
        recipients = List.copyOf(recipients);
        escalations = List.copyOf(escalations);
        gaps = List.copyOf(gaps);
    }
}
