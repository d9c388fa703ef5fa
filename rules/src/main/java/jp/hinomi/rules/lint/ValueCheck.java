package jp.hinomi.rules.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.Folding;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.ValueTest;
import jp.hinomi.rules.read.DetectionOutline;

/** Values that change nothing: said twice, covered by others, wildcards at a loose end, expressions that are plain text. */
final class ValueCheck implements Check {
    private static final Pattern META = Pattern.compile("[\\\\.^$|?*+()\\[\\]{}]");

    /** Every value is compared with every other; longer lists come from programs. */
    private static final int MOST_VALUES = 300;

    /** More tests than that come of an encoding, and not of what somebody wrote. */
    private static final int MOST_TESTS = 50;

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        document.outline()
                .ifPresent(outline -> outline.identifiers()
                        .values()
                        .forEach(identifier -> identifier.items().forEach(item -> {
                            if (!item.has("expand")) {
                                repeated(item, findings);
                            }
                            item.values().forEach(value -> form(item, value, findings));
                        })));
    }

    private static void repeated(DetectionOutline.Item item, Findings findings) {
        List<DetectionOutline.Value> values = item.values();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            DetectionOutline.Value value = values.get(i);
            if (!seen.add(value.tests().stream().map(ValueCheck::folded).toList())) {
                findings.add(
                        ProblemCode.VALUE_TWICE,
                        value.written().at(),
                        Words.of(value.tests()) + " stands in the list already"
                                + (item.has("cased") || item.has("re") ? "" : " (case does not matter)"),
                        "remove it");
            } else if (values.size() <= MOST_VALUES) {
                int at = i;
                covering(values, i, item.has("all"))
                        .ifPresent(other -> findings.add(
                                ProblemCode.SWALLOWED_VALUE,
                                values.get(at).written().at(),
                                Words.of(value.tests())
                                        + (item.has("all") ? " is there wherever " : " holds only where ")
                                        + Words.of(other.tests())
                                        + (item.has("all") ? " is" : " does"),
                                "remove it"));
            }
        }
    }

    /** The value that makes this one needless: of a list of alternatives a wider one, of requirements a narrower one. */
    private static Optional<DetectionOutline.Value> covering(
            List<DetectionOutline.Value> values, int index, boolean all) {
        DetectionOutline.Value value = values.get(index);
        for (int i = 0; i < values.size(); i++) {
            DetectionOutline.Value other = values.get(i);
            if (i != index
                    && (all ? isWithin(other, value) : isWithin(value, other))
                    && !(all ? isWithin(value, other) : isWithin(other, value))) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static boolean isWithin(DetectionOutline.Value inner, DetectionOutline.Value outer) {
        return inner.tests().size() <= MOST_TESTS
                && outer.tests().size() <= MOST_TESTS
                && inner.tests().stream()
                        .allMatch(test -> outer.tests().stream().anyMatch(wide -> TestLogic.implies(test, wide)));
    }

    private static Object folded(ValueTest test) {
        return test instanceof TextTest text && !text.cased() ? text.pattern().mapLiterals(Folding::fold) : test;
    }

    private static void form(DetectionOutline.Item item, DetectionOutline.Value value, Findings findings) {
        Node.Scalar written = value.written();
        if (item.has("re")) {
            regex(item, written, findings);
        } else if (written.value() instanceof String && !item.has("fieldref") && !item.has("cidr")) {
            wildcards(item, written, findings);
        }
    }

    private static void regex(DetectionOutline.Item item, Node.Scalar written, Findings findings) {
        String regex = written.text();
        if (!META.matcher(regex).find()) {
            findings.add(
                    ProblemCode.LITERAL_REGEX,
                    written.at(),
                    "/" + Words.cut(regex) + "/ has nothing that needs an expression",
                    item.has("i")
                            ? "write it with 'contains'"
                            : "write it with 'contains|cased', or 'contains' if case does not matter");
        } else if (isLoose(regex)) {
            findings.add(
                    ProblemCode.USELESS_WILDCARD,
                    written.at(),
                    "'.*' at the end of an expression changes nothing: it is searched for anywhere in the value",
                    "leave it out");
        }
    }

    /** Whether it begins or ends with {@code .*}, and is not only that. Line breaks end a dot, so this is only about ends. */
    private static boolean isLoose(String regex) {
        return regex.length() > 2
                && regex.indexOf('|') < 0
                && (regex.startsWith(".*") && regex.charAt(2) != '?'
                        || regex.endsWith(".*") && !regex.endsWith("\\.*"));
    }

    private static void wildcards(DetectionOutline.Item item, Node.Scalar written, Findings findings) {
        List<TextPattern.Part> parts = TextPattern.parse(written.text()).parts();
        boolean keyword = item.field().isEmpty() && !item.has("startswith") && !item.has("endswith");
        boolean anywhere = keyword || item.has("contains");
        if (parts.size() < 2) {
            return;
        }
        boolean begin = parts.get(0) == TextPattern.Wildcard.ANY_TEXT && (anywhere || item.has("endswith"));
        boolean end =
                parts.get(parts.size() - 1) == TextPattern.Wildcard.ANY_TEXT && (anywhere || item.has("startswith"));
        if (begin || end) {
            findings.add(
                    ProblemCode.USELESS_WILDCARD,
                    written.at(),
                    "'*' at the " + (begin ? "beginning" : "end") + " of '" + Words.cut(written.text())
                            + "' changes nothing: " + (keyword ? "keywords are" : "it is")
                            + " searched for there anyway",
                    "leave it out");
        }
    }
}
