package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.GroupKey;
import jp.hinomi.correlation.engine.LogEvent;
import jp.hinomi.correlation.engine.Match;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;

/** Sends the detections that held for an event to the correlations that list them. Not thread-safe. */
public final class Routing {
    private final Correlations correlations;
    /** Of the event at hand. Few: looking through them costs less than a map. */
    private final List<Parts> parts = new ArrayList<>();

    /** Takes a match of a group. */
    public interface Receiver {
        void take(Correlation correlation, GroupKey group, Match match);
    }

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
            SecurityEvent event, List<DetectionRule> matched, Receiver routed, Consumer<Correlation> ungrouped) {
        parts.clear();
        for (DetectionRule rule : matched) {
            for (Correlations.Route route : correlations.routes(rule.info().name())) {
                Correlation correlation = route.correlation();
                GroupKey group = correlation.group(Long.numberOfTrailingZeros(route.steps()), event);
                String value = correlation.value(event);
                if (group == null) {
                    ungrouped.accept(correlation);
                } else if (value != null) {
                    of(correlation, group, value).add(route.steps(), rule.info().name());
                }
            }
        }
        if (parts.isEmpty()) {
            return;
        }
        LogEvent logEvent = LogEvent.of(event); // one for all groups: it becomes bytes once
        for (Parts part : parts) {
            routed.take(part.correlation, part.group, Match.ofEvent(logEvent, part.steps, part.value, part.names));
        }
        parts.clear();
    }

    private Parts of(Correlation correlation, GroupKey group, String value) {
        for (Parts known : parts) {
            if (known.correlation == correlation && known.group.equals(group)) {
                return known;
            }
        }
        Parts next = new Parts(correlation, group, value);
        parts.add(next);
        return next;
    }

    private static final class Parts {
        private final Correlation correlation;
        private final GroupKey group;
        private final String value;
        private final List<String> names = new ArrayList<>(2);
        private long steps;

        Parts(Correlation correlation, GroupKey group, String value) {
            this.correlation = correlation;
            this.group = group;
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
