package jp.hinomi.city;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How notices to one contact are put together. The first of a group is sent at once; what comes within {@code pause} after it
 * comes together, and later ones every {@code interval}, until there was nothing for that long.
 *
 * @param by labels that make one group
 * @param repeat after that long what is still unanswered is told again; absent = never
 * @param overrides for some stakeholders or escalations: the first that fits
 */
public record Grouping(
        List<String> by, Duration pause, Duration interval, Optional<Duration> repeat, List<Deviation> overrides) {
    /**
     * What is otherwise for some.
     *
     * @param stakeholders ids of whom it is for; empty = whoever it is
     * @param escalations ids, of which what the notice is about names one; empty = whatever it is about
     * @param grouping what holds instead, whole
     */
    public record Deviation(Set<String> stakeholders, Set<String> escalations, Grouping grouping) {
        public Deviation {
            stakeholders = Set.copyOf(stakeholders);
            escalations = Set.copyOf(escalations);
            Objects.requireNonNull(grouping, "grouping");
            if (stakeholders.isEmpty() && escalations.isEmpty()) {
                throw new IllegalArgumentException("an override for everything is none");
            }
        }

        boolean fits(String stakeholder, Set<String> named) {
            return (stakeholders.isEmpty() || stakeholders.contains(stakeholder))
                    && (escalations.isEmpty() || named.stream().anyMatch(escalations::contains));
        }

        /** Whether whatever fits the other fits this one. */
        boolean covers(Deviation other) {
            return covers(stakeholders, other.stakeholders) && covers(escalations, other.escalations);
        }

        private static boolean covers(Set<String> mine, Set<String> others) {
            return mine.isEmpty() || !others.isEmpty() && mine.containsAll(others);
        }
    }

    public Grouping {
        by = List.copyOf(by);
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(repeat, "repeat");
        overrides = List.copyOf(overrides);
        if (pause.compareTo(interval) > 0) {
            throw new IllegalArgumentException("a wait of " + pause + " is longer than the interval of " + interval);
        }
        if (repeat.filter(again -> again.compareTo(interval) < 0).isPresent()) {
            throw new IllegalArgumentException(
                    "a repetition after " + repeat.get() + " comes before the interval of " + interval);
        }
    }

    /** One for everybody, that repeats nothing. */
    public Grouping(List<String> by, Duration pause, Duration interval) {
        this(by, pause, interval, Optional.empty(), List.of());
    }

    /** How it is for that stakeholder, of what names those escalations. */
    public Grouping of(String stakeholder, Set<String> named) {
        return overrides.stream()
                .filter(each -> each.fits(stakeholder, named))
                .findFirst()
                .map(Deviation::grouping)
                .orElse(this);
    }

    /** Whether it matters which escalations a notice is about. */
    public boolean asksForEscalations() {
        return overrides.stream().anyMatch(each -> !each.escalations().isEmpty());
    }

    /** Whether anything is ever told again. */
    public boolean repeats() {
        return repeat.isPresent()
                || overrides.stream().anyMatch(each -> each.grouping().repeat().isPresent());
    }
}
