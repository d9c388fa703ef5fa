package jp.hinomi.rules.taxonomy;

import java.util.List;
import jp.hinomi.events.document.Node;

/**
 * In which of two fields an item of a rule looks: the one that its name means, or the one around it. Public rules for web
 * servers write {@code cs-uri-query} for the query and for the whole target alike: of those that search anywhere in it, two of
 * three look for a path. What can only be a parameter, or stands at the very beginning of a query, is looked for in the query;
 * what begins with a slash, at the beginning of the target; everything else anywhere in the target, of which the query is the
 * end.
 */
enum Whereabouts {
    /** The field itself. */
    PART,
    /** The field around it. */
    WHOLE,
    /** Some of the values here, some there, and where they begin is said: no one field holds for all. */
    BOTH;

    /** @param modifiers as written, each after a bar */
    static Whereabouts of(Node value, String modifiers) {
        if (modifiers.contains("|exists") || modifiers.contains("|fieldref") || modifiers.contains("|cidr")) {
            return PART;
        }
        boolean part = false;
        boolean whole = false;
        boolean anchored = false;
        List<Node> elements = value instanceof Node.Sequence sequence ? sequence.elements() : List.of(value);
        for (Node element : elements) {
            if (!(element instanceof Node.Scalar scalar) || scalar.isNull()) {
                part = true;
                continue;
            }
            boolean begins = begins(scalar.text(), modifiers);
            boolean inWhole = begins ? scalar.text().startsWith("/") : !isParameter(scalar.text(), modifiers);
            part |= !inWhole;
            whole |= inWhole;
            anchored |= begins && !inWhole || scalar.text().isEmpty();
        }
        // Whatever is anywhere in the query is anywhere in the whole.
        return !whole ? PART : part && anchored ? BOTH : WHOLE;
    }

    /** Whether it says how the field begins. */
    private static boolean begins(String text, String modifiers) {
        if (modifiers.contains("|re")) {
            return text.startsWith("^");
        }
        return !modifiers.contains("|contains") && !modifiers.contains("|endswith") && !text.startsWith("*");
    }

    /** Has the sign of a parameter, and none of a path before it. */
    private static boolean isParameter(String text, String modifiers) {
        if (modifiers.contains("|re")) {
            return !text.contains("/") && !text.contains("\\?");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || c == '&') {
                return true;
            }
            if (c == '/' || c == '?') {
                return false;
            }
        }
        return false;
    }
}
