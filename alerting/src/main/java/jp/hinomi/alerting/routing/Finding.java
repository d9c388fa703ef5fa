package jp.hinomi.alerting.routing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.Selector;
import jp.hinomi.events.Alert;

/**
 * What routing found for one resource of the alert.
 *
 * @param by how the resource was recognised: the selector that won on the first piece of evidence that shows it; absent
 *     if no kept evidence shows it (only the newest is kept) or the map has changed since
 * @param considered every responsibility of the resource, in the order of the city's files
 */
public record Finding(String resource, Alert.Part part, Optional<Recognised> by, List<Considered> considered) {
    public Finding {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(by, "by");
        considered = List.copyOf(considered);
    }

    /** @param eventId the evidence that the selector matched */
    public record Recognised(Selector selector, String eventId) {
        public Recognised {
            Objects.requireNonNull(selector, "selector");
            Objects.requireNonNull(eventId, "eventId");
        }
    }

    boolean applies() {
        return considered.stream().anyMatch(entry -> entry.verdict() == Verdict.APPLIES);
    }
}
