package jp.hinomi.rules.lint;

import java.util.List;
import java.util.stream.Collectors;
import jp.hinomi.rules.detection.Comparison;
import jp.hinomi.rules.detection.FieldReference;
import jp.hinomi.rules.detection.FlagTest;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.RegexTest;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.TimePartTest;
import jp.hinomi.rules.detection.ValueTest;

/** Tests of values, the short way. */
final class Words {
    private static final int MOST = 3;
    private static final int LONGEST = 60;

    private Words() {}

    static String of(List<ValueTest> tests) {
        String shown = tests.stream().limit(MOST).map(Words::of).collect(Collectors.joining(" | "));
        return tests.size() > MOST ? shown + " | …" : shown;
    }

    static String of(ValueTest test) {
        if (test instanceof TextTest text) {
            return "'" + cut(of(text.pattern())) + "'";
        }
        if (test instanceof NumberTest number) {
            return number.number().toString();
        }
        if (test instanceof FlagTest flag) {
            return Boolean.toString(flag.flag());
        }
        if (test instanceof Comparison comparison) {
            return comparison.operator().word() + " " + comparison.bound();
        }
        if (test instanceof RegexTest regex) {
            return "/" + cut(regex.pattern().pattern()) + "/";
        }
        if (test instanceof NetworkTest network) {
            return "cidr " + network.network().toCanonicalString();
        }
        if (test instanceof FieldReference reference) {
            return "the field " + reference.other();
        }
        TimePartTest part = (TimePartTest) test;
        return part.part().word() + " " + part.number();
    }

    private static String of(TextPattern pattern) {
        return pattern.parts().stream()
                .map(part -> part instanceof TextPattern.Literal literal
                        ? literal.text()
                        : part == TextPattern.Wildcard.ANY_TEXT ? "*" : "?")
                .collect(Collectors.joining());
    }

    static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST) - 1)) + "…";
    }
}
