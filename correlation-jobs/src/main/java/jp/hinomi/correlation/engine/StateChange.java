package jp.hinomi.correlation.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import jp.hinomi.rules.RuleSet;

/**
 * What happens to what a running job remembers for a rule when its rules change: the state belongs to the rule's name and to
 * what decides it ({@link Correlation#key}), so another text keeps it and another threshold does not.
 *
 * @param warmUp how long after the change its answers can be incomplete; zero if they are not
 */
public record StateChange(Kind kind, Duration warmUp) {
    public enum Kind {
        /** It goes on with what it remembers. */
        KEPT,
        /** It forgets everything and begins anew. */
        ANEW,
        /** It was not there, and begins. */
        BEGINS,
        /** It was there, and what it remembered is given back. */
        ENDS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StateChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(warmUp, "warm-up");
    }

    /** By name, of the rules that remember anything: correlations, and detections that are suppressed. */
    public static Map<String, StateChange> of(RuleSet before, RuleSet after) {
        Map<String, Correlation> was = byName(new Correlations(before));
        Map<String, Correlation> is = byName(new Correlations(after));
        Map<String, StateChange> changes = new LinkedHashMap<>();
        is.forEach((name, correlation) -> {
            Correlation old = was.get(name);
            Kind kind = old == null ? Kind.BEGINS : old.key().equals(correlation.key()) ? Kind.KEPT : Kind.ANEW;
            changes.put(
                    name,
                    new StateChange(
                            kind,
                            kind == Kind.KEPT
                                    ? Duration.ZERO
                                    : Explanation.of(correlation).warmUp()));
        });
        was.keySet().stream()
                .filter(name -> !is.containsKey(name))
                .forEach(name -> changes.put(name, new StateChange(Kind.ENDS, Duration.ZERO)));
        return changes;
    }

    private static Map<String, Correlation> byName(Correlations correlations) {
        Map<String, Correlation> byName = new HashMap<>();
        correlations.all().forEach(each -> byName.put(each.info().name(), each));
        return byName;
    }
}
