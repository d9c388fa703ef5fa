package jp.hinomi.correlation.stage;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jp.hinomi.city.City;
import jp.hinomi.city.Layer;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.ResourceResolver.Touched;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * Adds to a decoded event what rules may ask for: what its clock is worth, which of the
 * city's resources it touches, and what is known elsewhere of what it names.
 */
public final class Preparation {
    private final ClockCheck clock;
    private final Optional<ResourceResolver> resources;
    private final UnaryOperator<SecurityEvent> enrichment;

    public Preparation(ClockCheck clock, Optional<City> city) {
        this(clock, city.map(ResourceResolver::new), UnaryOperator.identity());
    }

    /**
     * @param resources what finds those of the city
     * @param enrichment adds what is known elsewhere of an event whose time is settled
     */
    public Preparation(
            ClockCheck clock, Optional<ResourceResolver> resources, UnaryOperator<SecurityEvent> enrichment) {
        this.clock = clock;
        this.enrichment = enrichment;
        this.resources = resources;
    }

    /** @param appendMillis when the broker appended it, in milliseconds since the epoch */
    public SecurityEvent prepare(SecurityEvent event, long appendMillis) {
        return enrichment.apply(withCity(event, appendMillis));
    }

    private SecurityEvent withCity(SecurityEvent event, long appendMillis) {
        ClockCheck.Verdict verdict = clock.check(event.timestampMillis(), appendMillis);
        List<Touched> touched = resources.isPresent() ? Principal.of(resources.get(), event) : List.of();
        if (verdict instanceof ClockCheck.Verdict.Trusted && touched.isEmpty()) {
            return event;
        }
        if (verdict instanceof ClockCheck.Verdict.Trusted && touched.size() == 1) { // as nearly always
            Touched only = touched.get(0);
            return event.with(Fields.CITY_RESOURCE, only.resource().id())
                    .with(Fields.CITY_LAYER, only.resource().layer().word());
        }
        SecurityEvent.Builder prepared = event.toBuilder();
        if (verdict instanceof ClockCheck.Verdict.Suspect suspect) {
            prepared.correlationMillis(appendMillis)
                    .put(Fields.CLOCK_SUSPECT, Boolean.TRUE)
                    .put(Fields.CLOCK_OFFSET_MS, suspect.offsetMillis());
        }
        prepared.put(
                Fields.CITY_RESOURCE,
                touched.stream().map(touch -> touch.resource().id()).distinct().toList());
        prepared.put(
                Fields.CITY_LAYER,
                touched.stream()
                        .map(touch -> touch.resource().layer())
                        .distinct()
                        .map(Layer::word)
                        .toList());
        return prepared.build();
    }
}
