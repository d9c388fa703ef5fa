package jp.hinomi.correlation.stage;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.Criticality;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.OpenAlert;
import jp.hinomi.correlation.engine.Touching;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Evidence;
import jp.hinomi.events.AlertIds;
import jp.hinomi.events.MatchedIndicators;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleInfo;

/** Fills alerts with what the city says: resources with their part, and the severity on the city's own scale. */
public final class AlertFactory implements Touching {
    /** Who may see an alert unless somebody says otherwise: those it concerns and whom they need (TLP 2.0). */
    static final Tlp DEFAULT_TLP = Tlp.AMBER;

    private static final int MOST_INDICATORS = 50;

    private final Optional<City> city;
    private final Optional<ResourceResolver> resources;

    /** @param city without one alerts name no resources and have the level of their rule */
    public AlertFactory(Optional<City> city) {
        this(city, city.map(ResourceResolver::new));
    }

    /** @param resources what finds those of the city */
    public AlertFactory(Optional<City> city, Optional<ResourceResolver> resources) {
        this.city = city;
        this.resources = resources;
    }

    /** A detection held for the event. */
    public Alert ofDetection(DetectionRule rule, SecurityEvent event) {
        long time = event.correlationMillis();
        return alert(
                rule.info(),
                AlertIds.of(rule.info().id(), List.of(), event.id()),
                1,
                new Span(time, time, time, 1),
                Map.of(),
                List.of(new Evidence(event, List.of(rule.info().name()))),
                of(event));
    }

    /** A correlation's alert as it stands. */
    public Alert ofCorrelation(Correlation correlation, GroupKey group, OpenAlert open) {
        return alert(
                correlation.info(),
                open.id(),
                open.revision(),
                new Span(open.time(), open.first(), open.last(), open.count()),
                correlation.named(group),
                open.evidence(),
                open.touched());
    }

    @Override
    public Collection<AffectedResource> of(SecurityEvent event) {
        return resources
                .map(resolver -> resolver.resolve(event).stream()
                        .map(touch -> new AffectedResource(touch.resource().id(), touch.part()))
                        .toList())
                .orElse(List.of());
    }

    private record Span(long time, long first, long last, long count) {}

    private Alert alert(
            RuleInfo info,
            String id,
            int revision,
            Span span,
            Map<String, String> group,
            List<Evidence> evidence,
            Collection<AffectedResource> affected) {
        List<AffectedResource> touched = known(affected);
        List<Map<String, Object>> indicators = indicators(evidence);
        return new Alert(
                told(info, id),
                revision,
                span.time(),
                span.first(),
                span.last(),
                span.count(),
                info.forAlert(),
                severity(info.level(), touched),
                tlp(indicators),
                group,
                evidence,
                touched,
                indicators,
                List.of());
    }

    /**
     * What an experimental rule finds has ids of its own. An alert that is open when its rule is promoted would else be an old
     * one, and nobody but the authors would hear of it.
     */
    private static String told(RuleInfo info, String id) {
        return info.status().equals(Alert.Rule.EXPERIMENTAL) ? AlertIds.of(id, List.of(), Alert.Rule.EXPERIMENTAL) : id;
    }

    /** What the evidence matched, each indicator once, in the order of the evidence. */
    private static List<Map<String, Object>> indicators(List<Evidence> evidence) {
        Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
        for (Evidence each : evidence) {
            for (Map<String, Object> indicator : MatchedIndicators.of(each.event())) {
                if (byId.size() < MOST_INDICATORS) {
                    byId.putIfAbsent((String) indicator.get("id"), indicator);
                }
            }
        }
        return List.copyOf(byId.values());
    }

    /** An alert shows the indicators that it rests on, so it is for no more people than they are. */
    static Tlp tlp(Collection<Map<String, Object>> indicators) {
        Tlp strictest = DEFAULT_TLP;
        for (Map<String, Object> indicator : indicators) {
            Tlp tlp = tlpOf(indicator);
            strictest = tlp.compareTo(strictest) > 0 ? tlp : strictest;
        }
        return strictest;
    }

    private static Tlp tlpOf(Map<String, Object> indicator) {
        try {
            return Tlp.ofWord(String.valueOf(indicator.get("tlp")));
        } catch (IllegalArgumentException e) {
            return DEFAULT_TLP; // of a log that calls something an indicator
        }
    }

    /** An alert may outlive a resource that it touched: the city's files change. */
    List<AffectedResource> known(Collection<AffectedResource> affected) {
        return affected.stream()
                .filter(each -> city.isPresent() && city.get().resources().containsKey(each.id()))
                .toList();
    }

    /** What the level means for the most critical of the resources that it is about, on the city's own scale. */
    Severity severity(Severity level, List<AffectedResource> touched) {
        Optional<Criticality> highest = Principal.of(touched, AffectedResource::part).stream()
                .map(each -> city.orElseThrow().resources().get(each.id()).criticality())
                .max(Comparator.naturalOrder());
        return city.map(known -> known.severity().severity(level, highest)).orElse(level);
    }
}
