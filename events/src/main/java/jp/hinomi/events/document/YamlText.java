package jp.hinomi.events.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parts of a document as YAML text in one line. Stateless. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./+-]*");
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no");

    private YamlText() {}

    /** With brackets and braces, which stand anywhere. */
    public static String flow(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar(scalar.text());
        }
        if (node instanceof Node.Sequence list) {
            return list.elements().stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((Node.Mapping) node)
                .entries().entrySet().stream()
                        .map(each -> scalar(each.getKey()) + ": " + flow(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** In quotes where it would be something else without them. */
    public static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT)) ? text : quoted(text);
    }

    public static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
