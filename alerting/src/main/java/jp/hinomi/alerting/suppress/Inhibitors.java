package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.Inhibition;

/** Which alerts hold others back, and which are held. Pure. */
final class Inhibitors {
    private Inhibitors() {}

    /** What an alert stands for: under this key others find it. */
    record Source(Inhibition inhibition, String key) {}

    /** The inhibitions that the alert is a source of; of one whose equal labels it lacks it is none. */
    static List<Source> sources(List<Inhibition> inhibitions, Map<String, Set<String>> labels) {
        List<Source> sources = new ArrayList<>();
        for (Inhibition inhibition : inhibitions) {
            if (inhibition.source().match(labels)) {
                Labels.key(inhibition.equal(), labels).ifPresent(key -> sources.add(new Source(inhibition, key)));
            }
        }
        return sources;
    }

    /** Those that may hold it back. What is a source itself is not held back by its like. */
    static List<Source> targets(List<Inhibition> inhibitions, Map<String, Set<String>> labels) {
        List<Source> targets = new ArrayList<>();
        for (Inhibition inhibition : inhibitions) {
            if (inhibition.target().match(labels) && !inhibition.source().match(labels)) {
                Labels.key(inhibition.equal(), labels).ifPresent(key -> targets.add(new Source(inhibition, key)));
            }
        }
        return targets;
    }

    /** An open alert that holds others back. */
    record Open(String alertId, String titleJa, String titleEn, Instant until) {}

    static Optional<Hold> decide(Source target, Optional<Open> open) {
        return open.map(source -> new Hold(
                Hold.Kind.INHIBITED,
                Hold.inbox(Hold.Kind.INHIBITED, target.inhibition().id() + ":" + source.alertId()),
                new Bilingual(
                        "警報「" + source.titleJa() + "」の結果とみなし（"
                                + target.inhibition().id() + "）、保留します。",
                        "Taken for a consequence of '" + source.titleEn() + "' ("
                                + target.inhibition().id() + ")."),
                source.until()));
    }
}
