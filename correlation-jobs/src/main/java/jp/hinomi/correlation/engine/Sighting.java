package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.Alert;

/**
 * A log event that matched: what becomes evidence once there is an alert.
 *
 * @param matched names of the rules it matched
 */
public record Sighting(LogEvent event, List<String> matched) {
    public Sighting {
        Objects.requireNonNull(event, "event");
        matched = List.copyOf(matched);
    }

    Alert.Evidence asEvidence() {
        return new Alert.Evidence(event.event(), matched);
    }
}
