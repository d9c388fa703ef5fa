package jp.hinomi.rules.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.ValueTest;

/** What is supposed to hold of one field at once, and whether it can. */
final class FieldFacts {
    /** Comparing more pairs of tests than that takes longer than the answer is worth. */
    private static final long MOST_PAIRS = 200_000;

    private final EventField field;
    private final boolean single;
    private final boolean absent;
    private final boolean present;
    private final List<List<ValueTest>> passed = new ArrayList<>();
    private final List<ValueTest> failed = new ArrayList<>();

    /** One of the facts: the predicate, and whether it holds. */
    record Fact(Predicate predicate, boolean holds) {}

    FieldFacts(EventField field, List<Fact> facts) {
        this.field = field;
        boolean always = field.name().equals(SecurityEvent.ID) || field.name().equals(SecurityEvent.TIMESTAMP);
        this.single = always || EcsCatalogue.get().isSingle(field.name());
        boolean without = false;
        boolean with = always;
        for (Fact fact : facts) {
            if (fact.predicate() instanceof Predicate.FieldTest test) {
                if (fact.holds()) {
                    passed.add(test.anyOf());
                } else {
                    failed.addAll(test.anyOf());
                }
            } else if (fact.holds()) {
                with = true;
            } else {
                without = true;
            }
        }
        this.absent = without;
        this.present = with || !passed.isEmpty();
    }

    /** Why it cannot be, in words; empty if it can, or nobody knows. */
    Optional<String> conflict() {
        if (absent && present) {
            return Optional.of("'" + field + "' cannot be missing and have a value");
        }
        if (present && failed.stream().anyMatch(TestLogic::isAnything)) {
            return Optional.of("'" + field + "' cannot have a value and fail '*'");
        }
        if (pairs() == 0) {
            return Optional.empty();
        }
        for (List<ValueTest> alternatives : passed) {
            if (alternatives.stream().noneMatch(this::isOpen)) {
                return Optional.of("'" + field + "' " + reason(alternatives));
            }
        }
        return Optional.empty();
    }

    /** How many pairs of tests are to be compared; none if that would take longer than the answer is worth. */
    long pairs() {
        long all = passed.stream().mapToLong(List::size).sum();
        long pairs = all * (all + failed.size());
        return pairs > MOST_PAIRS ? 0 : pairs;
    }

    private boolean isOpen(ValueTest test) {
        if (failed.stream().anyMatch(no -> TestLogic.implies(test, no))) {
            return false;
        }
        return !single
                || passed.stream()
                        .allMatch(others ->
                                others.stream().anyMatch(other -> other == test || !TestLogic.excludes(test, other)));
    }

    private String reason(List<ValueTest> alternatives) {
        String wanted = Words.of(alternatives);
        for (ValueTest no : failed) {
            if (alternatives.stream().anyMatch(test -> TestLogic.implies(test, no))) {
                return "cannot be " + wanted + " and not " + Words.of(no);
            }
        }
        for (List<ValueTest> others : passed) {
            if (others != alternatives
                    && alternatives.stream()
                            .allMatch(test -> others.stream().allMatch(other -> TestLogic.excludes(test, other)))) {
                return "cannot be " + wanted + " and " + Words.of(others) + " at once";
            }
        }
        return "cannot be " + wanted + " with all else that is asked of it";
    }
}
