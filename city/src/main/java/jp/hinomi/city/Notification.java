package jp.hinomi.city;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How this city notifies: what {@code notification.yaml} says.
 *
 * @param egress hosts, addresses and blocks inside the city's own networks that messages may be sent to; anything else that is
 *     not public is refused
 * @param gateways by id
 * @param masking what only data controllers see
 * @param delivery how patiently messages are delivered
 * @param grouping absent = single notices, until one rule has sent a contact too many
 */
public record Notification(
        List<String> egress,
        Map<String, Gateway> gateways,
        Optional<Grouping> grouping,
        Storm storm,
        List<Inhibition> inhibitions,
        List<Silence> silences,
        Set<PersonalData> masking,
        DeliveryTerms delivery) {
    public Notification {
        egress = List.copyOf(egress);
        gateways = Map.copyOf(gateways);
        Objects.requireNonNull(grouping, "grouping");
        Objects.requireNonNull(storm, "storm");
        inhibitions = List.copyOf(inhibitions);
        silences = List.copyOf(silences);
        masking = Set.copyOf(masking);
        Objects.requireNonNull(delivery, "delivery");
    }

    /** Masking what is masked where the city says nothing, and as patient as there. */
    public Notification(
            List<String> egress,
            Map<String, Gateway> gateways,
            Optional<Grouping> grouping,
            Storm storm,
            List<Inhibition> inhibitions,
            List<Silence> silences) {
        this(
                egress,
                gateways,
                grouping,
                storm,
                inhibitions,
                silences,
                PersonalData.maskedInNotices(),
                DeliveryTerms.standard());
    }

    /** The same with other terms of delivery. */
    public Notification with(DeliveryTerms other) {
        return new Notification(egress, gateways, grouping, storm, inhibitions, silences, masking, other);
    }

    public Notification(List<String> egress, Map<String, Gateway> gateways) {
        this(egress, gateways, Optional.empty(), Storm.standard(), List.of(), List.of());
    }

    /** What holds without a file. */
    public static Notification standard() {
        return new Notification(List.of(), Map.of());
    }
}
