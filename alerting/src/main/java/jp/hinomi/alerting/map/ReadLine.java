package jp.hinomi.alerting.map;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.SecurityEvent;

/**
 * A line of a log as the job would read it: what it says, and which of its fields lead to what of the city.
 *
 * @param format that it was read in
 * @param events that it is
 * @param readings of all of them, what led somewhere first
 * @param rejected why it could not be read; absent if it could
 */
public record ReadLine(
        String format, List<SecurityEvent> events, List<ResourceResolver.Reading> readings, Optional<String> rejected) {
    public ReadLine {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(rejected, "rejected");
        events = List.copyOf(events);
        readings = List.copyOf(readings);
    }

    public static ReadLine of(LineDecoder.Decoded decoded, ResourceResolver resolver) {
        Set<ResourceResolver.Reading> readings = new LinkedHashSet<>();
        decoded.events().forEach(event -> readings.addAll(resolver.readings(event)));
        List<ResourceResolver.Reading> ordered = new ArrayList<>(readings);
        ordered.sort(java.util.Comparator.comparing(reading -> reading.led().isEmpty()));
        return new ReadLine(decoded.format(), decoded.events(), ordered, decoded.rejected());
    }

    /** Whether anything of the city is touched. */
    public boolean leads() {
        return readings.stream().anyMatch(reading -> !reading.led().isEmpty());
    }
}
