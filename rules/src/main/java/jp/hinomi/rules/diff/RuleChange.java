package jp.hinomi.rules.diff;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.rules.Rule;

/**
 * A rule that is not what it was.
 *
 * @param before empty if it was added
 * @param after empty if it was removed
 * @param differences of a rule that is in both; may be empty if only a rule that it refers to changed
 * @param touchedBy names of the rules that it refers to, also by others, and that match other events than before
 */
public record RuleChange(
        Optional<Rule> before, Optional<Rule> after, List<Difference> differences, List<String> touchedBy) {
    /** What became of the rule. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** The same id under another name. */
        RENAMED,
        CHANGED,
        /** It is as it was, but a rule that it refers to is not. */
        TOUCHED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RuleChange {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        differences = List.copyOf(differences);
        touchedBy = List.copyOf(touchedBy);
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change of no rule");
        }
    }

    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        if (after.isEmpty()) {
            return Kind.REMOVED;
        }
        if (!before.get().info().name().equals(after.get().info().name())) {
            return Kind.RENAMED;
        }
        return differences.isEmpty() ? Kind.TOUCHED : Kind.CHANGED;
    }

    /** The rule as it is, or as it was if it is gone. */
    public Rule rule() {
        return after.orElseGet(before::get);
    }

    public String name() {
        return rule().info().name();
    }

    /** True if other alerts may come of it. */
    public boolean changesAlerts() {
        return switch (kind()) {
            case ADDED, REMOVED, RENAMED, TOUCHED -> true;
            case CHANGED ->
                !touchedBy.isEmpty()
                        || differences.stream()
                                .anyMatch(difference -> difference.aspect().changesAlerts());
        };
    }
}
