package jp.hinomi.alerting.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.Alert;

/** How the evidence of one alert led to its resources. Each event is resolved once, and only as far as it is asked. Not thread-safe. */
final class Evidence {
    private final Alert alert;
    private final SelectorFinder selectors;
    private final List<List<ResourceResolver.Touched>> resolved = new ArrayList<>();

    Evidence(Alert alert, SelectorFinder selectors) {
        this.alert = alert;
        this.selectors = selectors;
    }

    /** The selector by which the first piece of evidence shows the resource in that part. */
    Optional<Finding.Recognised> recognised(Alert.AffectedResource touched) {
        for (int i = 0; i < alert.evidence().size(); i++) {
            for (ResourceResolver.Touched candidate : resolved(i)) {
                if (candidate.part() == touched.part()
                        && candidate.resource().id().equals(touched.id())) {
                    return Optional.of(new Finding.Recognised(
                            candidate.by(), alert.evidence().get(i).event().id()));
                }
            }
        }
        return Optional.empty();
    }

    private List<ResourceResolver.Touched> resolved(int index) {
        while (resolved.size() <= index) {
            resolved.add(selectors.resolve(alert.evidence().get(resolved.size()).event()));
        }
        return resolved.get(index);
    }
}
