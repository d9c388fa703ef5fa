package jp.hinomi.city;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How this city notifies: what {@code notification.yaml} says.
 *
 * @param egress hosts, addresses and blocks inside the city's own networks that messages may be sent to; anything else that is
 *     not public is refused
 * @param gateways by id
 */
public record Notification(List<String> egress, Map<String, Gateway> gateways) {
    public Notification {
        egress = List.copyOf(egress);
        gateways = Map.copyOf(gateways);
        Objects.requireNonNull(gateways, "gateways");
    }

    /** What holds without a file. */
    public static Notification standard() {
        return new Notification(List.of(), Map.of());
    }
}
