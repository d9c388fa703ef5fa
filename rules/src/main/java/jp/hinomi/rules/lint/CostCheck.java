package jp.hinomi.rules.lint;

import java.util.Set;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.Expression;
import jp.hinomi.rules.detection.Predicate;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.ValueTest;
import jp.hinomi.rules.match.RequiredLiterals;
import jp.hinomi.rules.read.DetectionOutline;

/**
 * Detections that have to be evaluated for every event of their log source, because nothing in them can be looked up. Beside a
 * value that can, an expensive one costs nothing to speak of.
 */
final class CostCheck implements Check {
    /** The index is one of three letters. */
    private static final int SHORTEST = 3;

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        if (document.isFilter() || document.outline().isEmpty()) {
            return;
        }
        DetectionOutline outline = document.outline().get();
        if (isLookedUp(outline.condition())) {
            return;
        }
        for (DetectionOutline.Identifier identifier : outline.identifiers().values()) {
            if (!isLookedUp(identifier.expression())) {
                identifier.items().forEach(item -> item.values().forEach(value -> look(item, value, findings)));
            }
        }
    }

    private static void look(DetectionOutline.Item item, DetectionOutline.Value value, Findings findings) {
        if (value.tests().stream().allMatch(test -> isLookedUp(test))) {
            return;
        }
        if (item.has("re")) {
            findings.add(
                    ProblemCode.COSTLY_REGEX,
                    value.written().at(),
                    "no text of " + SHORTEST + " letters stands in everything that /"
                            + Words.cut(value.written().text()) + "/ matches, so it runs over every event",
                    "add a plain condition beside it, such as a 'contains' or an event.action");
        } else if (value.tests().get(0) instanceof TextTest text
                && text.pattern().shape() != TextPattern.Shape.ANYTHING) {
            findings.add(
                    ProblemCode.SHORT_LITERAL,
                    value.written().at(),
                    "'" + Words.cut(value.written().text()) + "' is searched for in every event: it has no text of "
                            + SHORTEST + " letters to look up",
                    "search for a longer text, or add a condition that can be looked up");
        }
    }

    /** Whether the expression can only hold where an index has found something. */
    private static boolean isLookedUp(Expression expression) {
        if (expression instanceof Expression.Test test) {
            return test.predicate() instanceof Predicate.FieldTest field
                    && field.anyOf().stream().allMatch(CostCheck::isLookedUp);
        }
        if (expression instanceof Expression.All all) {
            return all.of().stream().anyMatch(CostCheck::isLookedUp);
        }
        return expression instanceof Expression.AtLeast some
                && some.of().stream().allMatch(CostCheck::isLookedUp);
    }

    private static boolean isLookedUp(ValueTest test) {
        if (test instanceof RegexTest regex) {
            Set<String> required = RequiredLiterals.of(regex.pattern().pattern());
            return !required.isEmpty() && required.stream().allMatch(text -> text.length() >= SHORTEST);
        }
        if (test instanceof TextTest text) {
            return text.pattern().shape() == TextPattern.Shape.EXACT
                    || text.pattern().shape() == TextPattern.Shape.PREFIX
                    || text.pattern().shape() == TextPattern.Shape.SUFFIX
                    || text.pattern().literal().length() >= SHORTEST;
        }
        // Numbers, networks and times are compared where their field is there, and that is cheap.
        return true;
    }
}
