package jp.hinomi.city;

import java.util.List;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;

/** Finds the resources that an event touches. Compiled once per city; immutable and thread-safe. */
public final class ResourceResolver {
    public ResourceResolver(City city) {}

    /**
     * The resources by part, each at most once per part, in order of part and id: target from {@code destination.*},
     * {@code url.domain}, {@code service.name}, {@code host.*}; origin from {@code source.*} and {@code client.*};
     * observer from the event's log source.
     */
    public List<Touched> resolve(SecurityEvent event) {
        throw new IllegalStateException("written by the city module's first issue");
    }

    /** @param by the selector that won, the most specific that matched */
    public record Touched(Resource resource, Alert.Part part, Selector by) {}
}
