package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;

/** Sends the detections that held for an event to the correlations that list them. */
public final class Routing {
    private final Correlations correlations;

    public Routing(Correlations correlations) {
        this.correlations = correlations;
    }

    /**
     * An event that matched several listed rules of one correlation is one match of that group.
     *
     * @param ungrouped called for a correlation when the event lacks one of its group fields
     */
    public void route(
            SecurityEvent event,
            List<DetectionRule> matched,
            BiConsumer<GroupKey, Match> routed,
            Consumer<Correlation> ungrouped) {
        Map<GroupKey, Parts> byGroup = new LinkedHashMap<>();
        for (DetectionRule rule : matched) {
            for (Correlations.Route route : correlations.routes(rule.info().name())) {
                GroupKey group = route.correlation().group(Long.numberOfTrailingZeros(route.steps()), event);
                if (group == null) {
                    ungrouped.accept(route.correlation());
                } else {
                    byGroup.computeIfAbsent(group, any -> new Parts())
                            .add(route.steps(), rule.info().name());
                }
            }
        }
        byGroup.forEach((group, parts) -> routed.accept(group, Match.ofEvent(event, parts.steps, parts.names)));
    }

    private static final class Parts {
        private long steps;
        private final List<String> names = new ArrayList<>(2);

        void add(long bits, String name) {
            steps |= bits;
            if (!names.contains(name)) {
                names.add(name);
            }
        }
    }
}
