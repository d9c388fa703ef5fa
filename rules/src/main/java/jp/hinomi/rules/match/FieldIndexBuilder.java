package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.rules.detection.Comparison;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.FieldReference;
import jp.hinomi.rules.detection.FlagTest;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.Numbers;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.TimePartTest;
import jp.hinomi.rules.detection.ValueTest;

/** Sorts the tests of one field into the indexes of a {@link FieldIndex}; what no index settles is returned as residual. */
final class FieldIndexBuilder {
    final EventField field;
    final Set<Integer> present = new LinkedHashSet<>();
    final Set<Integer> wokenByPresence = new LinkedHashSet<>();
    final Map<Long, List<Integer>> longs = new HashMap<>();
    final Map<Double, List<Integer>> doubles = new HashMap<>();
    final LiteralSet equal = new LiteralSet();
    final LiteralSet prefixes = new LiteralSet();
    final LiteralSet suffixes = new LiteralSet();
    final LiteralSet inside = new LiteralSet();

    FieldIndexBuilder(EventField field) {
        this.field = field;
    }

    /** Indexes the tests of a predicate, of which one must hold. */
    Residual add(int predicate, List<ValueTest> tests) {
        List<ValueTest> guarded = new ArrayList<>();
        List<ValueTest> unguarded = new ArrayList<>();
        for (ValueTest test : tests) {
            if (test instanceof TextTest text) {
                text(predicate, text, guarded, unguarded);
            } else if (test instanceof NumberTest number) {
                number(predicate, number.number());
            } else if (test instanceof FlagTest flag) {
                equal.addHit(Boolean.toString(flag.flag()), false, predicate);
            } else if (test instanceof RegexTest regex) {
                guard(predicate, RequiredLiterals.of(regex.pattern().pattern()), false, regex, guarded, unguarded);
            } else if (test instanceof Comparison
                    || test instanceof NetworkTest
                    || test instanceof FieldReference
                    || test instanceof TimePartTest) {
                unguarded.add(test);
            } else {
                throw new IllegalStateException("no index for " + test.getClass());
            }
        }
        return guarded.isEmpty() && unguarded.isEmpty() ? null : new Residual(field, guarded, unguarded);
    }

    private void text(int predicate, TextTest test, List<ValueTest> guarded, List<ValueTest> unguarded) {
        TextPattern pattern = test.pattern();
        String literal = pattern.literal();
        switch (pattern.shape()) {
            case EXACT -> {
                equal.addHit(literal, test.cased(), predicate);
                if (Numbers.of(literal) instanceof Long number
                        && number.toString().equals(literal)) {
                    add(longs, number, predicate);
                }
            }
            case PREFIX -> prefixes.addHit(literal, test.cased(), predicate);
            case SUFFIX -> suffixes.addHit(literal, test.cased(), predicate);
            case CONTAINS -> inside.addHit(literal, test.cased(), predicate);
            case ANYTHING -> present.add(predicate);
            case GENERAL ->
                guard(
                        predicate,
                        literal.isEmpty() ? Set.of() : Set.of(literal),
                        test.cased(),
                        test,
                        guarded,
                        unguarded);
        }
    }

    /** Where none of the literals is, the test cannot hold. */
    private void guard(
            int predicate,
            Set<String> anyOf,
            boolean cased,
            ValueTest test,
            List<ValueTest> guarded,
            List<ValueTest> unguarded) {
        if (anyOf.isEmpty()) {
            unguarded.add(test);
        } else {
            anyOf.forEach(literal -> inside.addTouch(literal, cased, predicate));
            guarded.add(test);
        }
    }

    private void number(int predicate, Number number) {
        equal.addHit(number.toString(), true, predicate);
        if (Numbers.isWhole(number)) {
            add(longs, number.longValue(), predicate);
        }
        double value = number.doubleValue();
        // Beyond 2^53 several whole numbers share one double, and only one of them is equal.
        if (!Numbers.isWhole(number) || (long) value == number.longValue()) {
            add(doubles, value == 0 ? 0.0 : value, predicate);
        }
    }

    private static <K> void add(Map<K, List<Integer>> map, K key, int predicate) {
        List<Integer> predicates = map.computeIfAbsent(key, any -> new ArrayList<>());
        if (!predicates.contains(predicate)) {
            predicates.add(predicate);
        }
    }
}
