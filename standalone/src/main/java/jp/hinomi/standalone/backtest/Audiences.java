package jp.hinomi.standalone.backtest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jp.hinomi.alerting.routing.Router;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Asks alerting's own router who is told, once for alerts that it cannot tell apart. Not thread-safe. */
final class Audiences implements Function<Alert, Audience> {
    private static final int MOST = 20_000;

    private final City city;
    private final Router router;
    private final Map<Alike, Audience> known = new LinkedHashMap<>();

    /** What the router's choice of recipients depends on. */
    private record Alike(
            String rule,
            String version,
            Severity severity,
            Tlp tlp,
            List<Alert.AffectedResource> resources,
            LocalDate day) {}

    Audiences(City city) {
        this.city = city;
        this.router = new Router(city, new ResourceResolver(city)::resolve);
    }

    @Override
    public Audience apply(Alert alert) {
        Alike alike = new Alike(
                alert.rule().name(),
                alert.rule().version(),
                alert.severity(),
                alert.tlp(),
                alert.resources(),
                Instant.ofEpochMilli(alert.time()).atZone(city.zone()).toLocalDate());
        Audience audience = known.get(alike);
        if (audience == null) {
            if (known.size() >= MOST) {
                known.clear();
            }
            RoutingDecision decision = router.decide(alert);
            audience = new Audience(
                    decision.recipients().stream()
                            .map(recipient -> recipient.stakeholder().id())
                            .toList(),
                    !decision.gaps().isEmpty());
            known.put(alike, audience);
        }
        return audience;
    }
}
