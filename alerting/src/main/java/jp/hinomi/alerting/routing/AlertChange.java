package jp.hinomi.alerting.routing;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;

/** What a record of the topic means to those who already know, or do not know, of the alert. */
public sealed interface AlertChange {
    /** Nobody has heard of it: tell. */
    record New() implements AlertChange {}

    /** It is worse than when people were last told: tell again. */
    record Raised(Severity from) implements AlertChange {}

    /** It hits more than before, or what only looked on is hit now: tell those who have not been told yet. */
    record Widened(Set<String> resources) implements AlertChange {}

    /** More of the same: store, tell nobody. */
    record Updated() implements AlertChange {}

    /** A repetition, or older than what is stored: nothing to do. */
    record Stale() implements AlertChange {}

    /**
     * What is stored of the alert.
     *
     * @param notified the worst severity that people were told
     * @param resources every resource of every revision so far, with every part it had
     */
    record Known(int revision, Severity notified, Set<Alert.AffectedResource> resources) {
        public Known {
            Objects.requireNonNull(notified, "notified");
            resources = Set.copyOf(resources);
        }

        /** Whether those responsible for it have been looked for already: who only looks on is told less than who is hit. */
        private boolean covers(Alert.AffectedResource touched) {
            return resources.stream()
                    .anyMatch(before -> before.id().equals(touched.id())
                            && (touched.part() == Alert.Part.OBSERVER || before.part() != Alert.Part.OBSERVER));
        }
    }

    static AlertChange of(Optional<Known> known, Alert incoming) {
        if (known.isEmpty()) {
            return new New();
        }
        Known before = known.get();
        if (incoming.revision() <= before.revision()) {
            return new Stale();
        }
        if (incoming.severity().compareTo(before.notified()) > 0) {
            return new Raised(before.notified());
        }
        Set<String> more = incoming.resources().stream()
                .filter(touched -> !before.covers(touched))
                .map(Alert.AffectedResource::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return more.isEmpty() ? new Updated() : new Widened(more);
    }
}
