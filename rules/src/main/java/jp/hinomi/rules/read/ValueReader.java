package jp.hinomi.rules.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.Comparison;
import jp.hinomi.rules.detection.EventField;
import jp.hinomi.rules.detection.FieldReference;
import jp.hinomi.rules.detection.FlagTest;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.TimePartTest;
import jp.hinomi.rules.detection.ValueTest;

/** Reads one value of a detection item, under the item's modifiers, as the tests that it unfolds to. */
final class ValueReader {
    /** Texts that one value may unfold to: five dashes of {@code windash} are 3,125. */
    static final int MOST_TEXTS = 10_000;

    /** RE2's programs grow with the expression; a longer one is a mistake or an attack. */
    private static final int LONGEST_REGEX = 10_000;

    private static final int DEEPEST_REGEX = 200;

    /** The time for each character grows with the steps. */
    private static final int LARGEST_REGEX = 20_000;

    private final Modifiers modifiers;
    private final Placeholders placeholders;
    private final Problems problems;

    ValueReader(Modifiers modifiers, Placeholders placeholders, Problems problems) {
        this.modifiers = modifiers;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** The tests of which one must hold; empty after reporting. The value is not null. */
    List<ValueTest> read(Node.Scalar value) {
        List<ValueTest> tests = new ArrayList<>();
        if (modifiers.of(Modifier.Kind.TIME_PART).isPresent()) {
            timePart(value).ifPresent(tests::add);
        } else if (modifiers.of(Modifier.Kind.COMPARISON).isPresent()) {
            comparison(value).ifPresent(tests::add);
        } else if (modifiers.has(Modifier.FIELDREF)) {
            reference(value).ifPresent(tests::add);
        } else if (modifiers.has(Modifier.RE) || modifiers.has(Modifier.CIDR)) {
            for (String text : expanded(value)) {
                (modifiers.has(Modifier.RE) ? regex(text, value) : network(text, value)).ifPresent(tests::add);
            }
        } else if (value.value() instanceof String || changesText()) {
            for (String text : expanded(value)) {
                tests.addAll(texts(TextPattern.parse(text), value));
            }
        } else if (value.value() instanceof Boolean flag) {
            tests.add(new FlagTest(flag));
        } else {
            tests.add(new NumberTest((Number) value.value()));
        }
        return tests;
    }

    private boolean changesText() {
        return modifiers.field().isEmpty()
                || modifiers.chain().stream()
                        .anyMatch(modifier -> modifier.kind() == Modifier.Kind.SHAPE
                                || modifier.kind() == Modifier.Kind.ENCODING
                                || modifier.kind() == Modifier.Kind.EXPANSION);
    }

    private List<String> expanded(Node.Scalar value) {
        if (!modifiers.has(Modifier.EXPAND)) {
            return List.of(value.text());
        }
        Optional<String> missing = PlaceholderExpansion.missing(value.text(), placeholders);
        if (missing.isPresent()) {
            problems.error(
                    ProblemCode.MISSING_PLACEHOLDER,
                    value.at(),
                    "the placeholder %" + missing.get() + "% has no values",
                    "give it values, or write them into the rule and drop 'expand'");
            return List.of();
        }
        if (!PlaceholderExpansion.hasAny(value.text())) {
            problems.error(
                    ProblemCode.MODIFIER_VALUE,
                    value.at(),
                    "'" + value.text() + "' names no placeholder to expand",
                    "write it as %name%, or drop 'expand'");
            return List.of();
        }
        List<String> texts = PlaceholderExpansion.expand(value.text(), placeholders, MOST_TEXTS);
        if (texts.size() > MOST_TEXTS) {
            tooMany(value);
            return List.of();
        }
        return texts;
    }

    private void tooMany(Node.Scalar value) {
        problems.error(
                ProblemCode.TOO_MANY_VALUES,
                value.at(),
                "'" + value.text() + "' unfolds to more than " + MOST_TEXTS + " texts",
                "use fewer dashes or placeholders in one value");
    }

    private List<ValueTest> texts(TextPattern pattern, Node.Scalar value) {
        boolean keyword =
                modifiers.field().isEmpty() && modifiers.of(Modifier.Kind.SHAPE).isEmpty();
        try {
            List<ValueTest> tests = new ArrayList<>();
            for (TextPattern text : TextTransforms.apply(pattern, modifiers.chain(), MOST_TEXTS)) {
                tests.add(new TextTest(
                        keyword ? text.startingAnywhere().endingAnywhere() : text, modifiers.has(Modifier.CASED)));
            }
            return tests;
        } catch (TextTransforms.Refusal e) {
            problems.error(
                    ProblemCode.MODIFIER_VALUE,
                    value.at(),
                    "'" + value.text() + "' cannot be transformed: " + e.getMessage(),
                    "change the value or the modifiers");
            return List.of();
        }
    }

    private Optional<ValueTest> regex(String text, Node.Scalar value) {
        int flags = 0;
        for (Modifier flag : modifiers.flags()) {
            flags |= switch (flag) {
                case I -> Pattern.CASE_INSENSITIVE;
                case M -> Pattern.MULTILINE;
                default -> Pattern.DOTALL;
            };
        }
        try {
            if (text.length() > LONGEST_REGEX) {
                throw new PatternSyntaxException("longer than " + LONGEST_REGEX + " characters");
            }
            if (RegexSize.of(text) > LARGEST_REGEX) {
                throw new PatternSyntaxException("its repetitions multiply to more than " + LARGEST_REGEX + " steps");
            }
            // Left to the stack, it would depend on the machine, and on what the compiler has inlined so far.
            if (RegexSize.nesting(text) > DEEPEST_REGEX) {
                throw new PatternSyntaxException("its groups are nested deeper than " + DEEPEST_REGEX);
            }
            return Optional.of(new RegexTest(Pattern.compile(text, flags)));
        } catch (PatternSyntaxException | StackOverflowError | IllegalArgumentException e) {
            String reason =
                    e instanceof PatternSyntaxException syntax ? syntax.getDescription() : "it is nested too deeply";
            problems.error(
                    ProblemCode.BAD_REGEX,
                    value.at(),
                    "the expression cannot run: " + reason,
                    "use RE2 syntax: no look-around, no back references, repetitions up to 1000; put it in single quotes");
            return Optional.empty();
        }
    }

    private Optional<ValueTest> network(String text, Node.Scalar value) {
        Optional<NetworkTest> network = NetworkTest.parse(text);
        if (network.isEmpty()) {
            problems.error(
                    ProblemCode.BAD_NETWORK,
                    value.at(),
                    "'" + text + "' is no network",
                    "write it like 10.0.0.0/8 or 2001:db8::/32");
        }
        return network.map(ValueTest.class::cast);
    }

    private Optional<ValueTest> reference(Node.Scalar value) {
        if (!(value.value() instanceof String text)
                || text.isBlank()
                || TextPattern.parse(text).hasWildcards()) {
            modifierValue(value, "'fieldref' takes the name of a field");
            return Optional.empty();
        }
        boolean contains = modifiers.has(Modifier.CONTAINS);
        return Optional.of(new FieldReference(
                EventField.of(text.replace(" ", "")),
                contains || modifiers.has(Modifier.ENDSWITH),
                contains || modifiers.has(Modifier.STARTSWITH),
                modifiers.has(Modifier.CASED)));
    }

    private Optional<ValueTest> comparison(Node.Scalar value) {
        Modifier modifier = modifiers.of(Modifier.Kind.COMPARISON).orElseThrow();
        return number(value, modifier).map(number -> new Comparison(operator(modifier), number));
    }

    private Optional<ValueTest> timePart(Node.Scalar value) {
        Modifier part = modifiers.of(Modifier.Kind.TIME_PART).orElseThrow();
        return number(value, part)
                .map(number -> new TimePartTest(
                        TimePartTest.Part.valueOf(part.name()),
                        modifiers.of(Modifier.Kind.COMPARISON).map(ValueReader::operator),
                        number));
    }

    private static Comparison.Operator operator(Modifier modifier) {
        return Comparison.Operator.valueOf(modifier.name());
    }

    private Optional<Number> number(Node.Scalar value, Modifier modifier) {
        if (value.value() instanceof Number number && !Double.isNaN(number.doubleValue())) {
            return Optional.of(number);
        }
        modifierValue(value, "'" + modifier.word() + "' takes a number, without quotes");
        return Optional.empty();
    }

    private void modifierValue(Node.Scalar value, String message) {
        problems.error(
                ProblemCode.MODIFIER_VALUE,
                value.at(),
                message + ", and this is '" + value.text() + "'",
                "change the value");
    }
}
