package jp.hinomi.alerting.routing;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of an alert that concerns somebody: all of it, or what it touches of some resources. Of a part without resources only
 * that is theirs which is nobody's. Immutable.
 *
 * @param isWhole whoever is told for another reason than a resource sees all of it: authors of rules of their rule
 * @param resources ids; of an alert that they may not see whole, they learn of these
 */
public record Scope(boolean isWhole, Set<String> resources) {
    /** Nothing but what is nobody's. */
    public static final Scope NONE = of(Set.of());

    public Scope {
        resources = Collections.unmodifiableSet(new TreeSet<>(resources));
    }

    public static Scope of(Collection<String> resources) {
        return new Scope(false, new TreeSet<>(resources));
    }

    /** All of it, whatever it touches. */
    public static Scope whole() {
        return new Scope(true, Set.of());
    }

    /** What either of them covers. */
    public Scope and(Scope other) {
        Set<String> both = new TreeSet<>(resources);
        both.addAll(other.resources);
        return new Scope(isWhole || other.isWhole, both);
    }

    public boolean covers(String resource) {
        return isWhole || resources.contains(resource);
    }

    /** @param touched ids of everything that the alert touches */
    public boolean coversAll(Collection<String> touched) {
        return touched.stream().allMatch(this::covers);
    }
}
