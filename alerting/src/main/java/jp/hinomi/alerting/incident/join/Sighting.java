package jp.hinomi.alerting.incident.join;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Another alert that names what an alert names.
 *
 * @param central whether it is central to both
 * @param incident the live incident that the other alert is a part of; of an alert in several there are several sightings
 */
public record Sighting(
        Entity entity, boolean central, String alert, Instant first, Instant last, Optional<Long> incident) {
    public Sighting {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(incident, "incident");
    }

    /** From what lasted from {@code first} to {@code last}; 0 if they overlap. */
    Duration apart(Instant from, Instant to) {
        Duration after = Duration.between(last, from);
        Duration before = Duration.between(to, first);
        Duration apart = after.compareTo(before) > 0 ? after : before;
        return apart.isNegative() ? Duration.ZERO : apart;
    }
}
