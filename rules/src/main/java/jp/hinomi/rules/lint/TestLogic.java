package jp.hinomi.rules.lint;

import java.util.List;
import java.util.Optional;
import jp.hinomi.rules.detection.Comparison;
import jp.hinomi.rules.detection.FieldReference;
import jp.hinomi.rules.detection.FlagTest;
import jp.hinomi.rules.detection.Folding;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.Numbers;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.ValueTest;

/**
 * What one test of a value says about another. Careful: where it answers no, it may also not know. Both answers are for one
 * value; a field with several is for {@link Satisfiability} to think of.
 */
final class TestLogic {
    private TestLogic() {}

    /** Whether every value that passes {@code a} passes {@code b}. */
    static boolean implies(ValueTest a, ValueTest b) {
        if (a.equals(b) || isAnything(b)) {
            return true;
        }
        if (a instanceof FieldReference || b instanceof FieldReference) {
            return false;
        }
        Optional<List<Object>> values = values(a);
        if (values.isPresent()) {
            return !(folds(a) && isCased(b)) && values.get().stream().allMatch(value -> b.holds(value, null));
        }
        if (a instanceof TextTest inner && b instanceof TextTest outer) {
            return covers(outer, inner);
        }
        if (a instanceof NetworkTest inner && b instanceof NetworkTest outer) {
            return outer.network().contains(inner.network());
        }
        return a instanceof Comparison inner && b instanceof Comparison outer && covers(outer, inner);
    }

    /** Whether no value passes both. */
    static boolean excludes(ValueTest a, ValueTest b) {
        if (a instanceof FieldReference || b instanceof FieldReference || isAnything(a) || isAnything(b)) {
            return false;
        }
        Optional<List<Object>> values = values(a);
        if (values.isPresent()) {
            return rejects(b, values.get(), folds(a));
        }
        values = values(b);
        if (values.isPresent()) {
            return rejects(a, values.get(), folds(b));
        }
        if (a instanceof TextTest one && b instanceof TextTest other) {
            return begins(one, other) || ends(one, other);
        }
        if (a instanceof NetworkTest one && b instanceof NetworkTest other) {
            return !one.network().contains(other.network()) && !other.network().contains(one.network());
        }
        return a instanceof Comparison one && b instanceof Comparison other && isEmptyBetween(one, other);
    }

    static boolean isAnything(ValueTest test) {
        return test instanceof TextTest text && text.pattern().shape() == TextPattern.Shape.ANYTHING;
    }

    /** The only values that pass, in each type that a field may hold them as; empty if there are others. */
    private static Optional<List<Object>> values(ValueTest test) {
        if (test instanceof TextTest text && text.pattern().shape() == TextPattern.Shape.EXACT) {
            return Optional.of(List.of(text.pattern().literal()));
        }
        if (test instanceof NumberTest number) {
            return Optional.of(List.of(number.number(), number.number().toString()));
        }
        return test instanceof FlagTest flag
                ? Optional.of(List.of(flag.flag(), Boolean.toString(flag.flag())))
                : Optional.empty();
    }

    /** Whether other spellings of the only value pass as well. */
    private static boolean folds(ValueTest test) {
        return test instanceof TextTest text
                && !text.cased()
                && text.pattern().literal().chars().anyMatch(Character::isLetter);
    }

    private static boolean isCased(ValueTest test) {
        return test instanceof TextTest text && text.cased() || test instanceof RegexTest;
    }

    private static boolean rejects(ValueTest test, List<Object> values, boolean folds) {
        if (folds && test instanceof RegexTest) {
            return false;
        }
        ValueTest loosest = folds && test instanceof TextTest text ? new TextTest(text.pattern(), false) : test;
        return values.stream().noneMatch(value -> loosest.holds(value, null));
    }

    private static boolean covers(TextTest outer, TextTest inner) {
        if (outer.cased() && !inner.cased()) {
            return false;
        }
        String wanted = comparable(outer, outer.pattern().literal());
        List<TextPattern.Part> parts = inner.pattern().parts();
        return switch (outer.pattern().shape()) {
            case CONTAINS ->
                parts.stream()
                        .anyMatch(part -> part instanceof TextPattern.Literal literal
                                && comparable(outer, literal.text()).contains(wanted));
            case PREFIX ->
                parts.get(0) instanceof TextPattern.Literal literal
                        && comparable(outer, literal.text()).startsWith(wanted);
            case SUFFIX ->
                parts.get(parts.size() - 1) instanceof TextPattern.Literal literal
                        && comparable(outer, literal.text()).endsWith(wanted);
            case EXACT, ANYTHING, GENERAL -> false;
        };
    }

    private static String comparable(TextTest test, String text) {
        return test.cased() ? text : Folding.fold(text);
    }

    private static boolean begins(TextTest one, TextTest other) {
        return one.pattern().parts().get(0) instanceof TextPattern.Literal a
                && other.pattern().parts().get(0) instanceof TextPattern.Literal b
                && !startsOneTheOther(Folding.fold(a.text()), Folding.fold(b.text()));
    }

    private static boolean startsOneTheOther(String a, String b) {
        return a.startsWith(b) || b.startsWith(a);
    }

    private static boolean ends(TextTest one, TextTest other) {
        List<TextPattern.Part> first = one.pattern().parts();
        List<TextPattern.Part> second = other.pattern().parts();
        if (!(first.get(first.size() - 1) instanceof TextPattern.Literal a)
                || !(second.get(second.size() - 1) instanceof TextPattern.Literal b)) {
            return false;
        }
        String x = Folding.fold(a.text());
        String y = Folding.fold(b.text());
        return !x.endsWith(y) && !y.endsWith(x);
    }

    private static boolean isLower(Comparison comparison) {
        return comparison.operator() == Comparison.Operator.GT || comparison.operator() == Comparison.Operator.GTE;
    }

    private static boolean isStrict(Comparison comparison) {
        return comparison.operator() == Comparison.Operator.GT || comparison.operator() == Comparison.Operator.LT;
    }

    private static boolean covers(Comparison outer, Comparison inner) {
        if (isLower(outer) != isLower(inner)) {
            return false;
        }
        int order = Numbers.compare(inner.bound(), outer.bound());
        return order == (isLower(outer) ? Numbers.GREATER : Numbers.LESS)
                || order == Numbers.EQUAL && (isStrict(inner) || !isStrict(outer));
    }

    private static boolean isEmptyBetween(Comparison one, Comparison other) {
        if (isLower(one) == isLower(other)) {
            return false;
        }
        Comparison lower = isLower(one) ? one : other;
        Comparison upper = isLower(one) ? other : one;
        int order = Numbers.compare(lower.bound(), upper.bound());
        return order == Numbers.GREATER || order == Numbers.EQUAL && (isStrict(lower) || isStrict(upper));
    }
}
