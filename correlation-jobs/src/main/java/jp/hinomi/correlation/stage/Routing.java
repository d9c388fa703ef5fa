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
     * An event that matched several listed rules of one correlation is one match of that group. One without the field whose
     * values the correlation takes does not contribute.
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
                String value = route.correlation().value(event);
                if (group == null) {
                    ungrouped.accept(route.correlation());
                } else if (value != null) {
                    byGroup.computeIfAbsent(group, any -> new Parts(value))
                            .add(route.steps(), rule.info().name());
                }
            }
        }
        byGroup.forEach(
                (group, parts) -> routed.accept(group, Match.ofEvent(event, parts.steps, parts.value, parts.names)));
    }

    private static final class Parts {
        private final String value;
        private final List<String> names = new ArrayList<>(2);
        private long steps;

        Parts(String value) {
            this.value = value;
        }

        void add(long bits, String name) {
            steps |= bits;
            if (!names.contains(name)) {
                names.add(name);
            }
        }
    }
}
