package jp.hinomi.alerting.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Severity;

/**
 * One alert of an exercise.
 *
 * @param n from 1 on, in the order in which they are sent
 * @param title by language, without the label; empty = the name of the exercise
 * @param resource that the alert says was hit: whoever is responsible for it is told
 * @param after the beginning; not negative
 * @param alertId once it was sent
 */
public record DrillStep(
        int n,
        Map<String, String> title,
        Severity severity,
        String resource,
        Duration after,
        Optional<Instant> sentAt,
        Optional<String> alertId) {
    public DrillStep {
        title = Map.copyOf(title);
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(resource, "resource");
        if (n < 1 || after.isNegative()) {
            throw new IllegalArgumentException("alert " + n + " of an exercise, " + after + " after its beginning");
        }
    }

    /** One that is planned. */
    public static DrillStep planned(
            int n, Map<String, String> title, Severity severity, String resource, Duration after) {
        return new DrillStep(n, title, severity, resource, after, Optional.empty(), Optional.empty());
    }
}
