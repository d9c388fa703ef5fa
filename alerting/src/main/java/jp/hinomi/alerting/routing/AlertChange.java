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

    /** It touches more than before: tell those who have not been told yet. */
    record Widened(Set<String> resources) implements AlertChange {}

    /** More of the same: store, tell nobody. */
    record Updated() implements AlertChange {}

    /** A repetition, or older than what is stored: nothing to do. */
    record Stale() implements AlertChange {}

    /** What is stored of the alert; {@code notified} is the worst severity that people were told. */
    record Known(int revision, Severity notified, Set<String> resources) {
        public Known {
            Objects.requireNonNull(notified, "notified");
            resources = Set.copyOf(resources);
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
                .map(Alert.AffectedResource::id)
                .filter(id -> !before.resources().contains(id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return more.isEmpty() ? new Updated() : new Widened(more);
    }
}
