package jp.hinomi.alerting.learning;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A proposed exception as a Sigma filter, to be copied into a file of the city, filled in and checked. Values are from logs: each
 * is written as a quoted YAML text, in which nothing of it can be anything but text.
 */
public final class ExceptionText {
    private static final int LONGEST_NAME = 60;

    private ExceptionText() {}

    /** @param detections names of the rules whose events it leaves out @param until the last day that it holds */
    public static String of(
            Proposal.Except except, String rule, List<String> detections, String logsource, LocalDate until) {
        StringBuilder text = new StringBuilder();
        text.append("title: ").append(quoted("Harmless for " + rule)).append('\n');
        text.append("name: ").append(name(rule + "_" + except.value())).append('\n');
        text.append("owner: \"\" # who answers for it: the id of a stakeholder\n");
        text.append("reason: {en: \"\", ja: \"\"} # why it is harmless\n");
        text.append("expires: ").append(until).append('\n');
        text.append("logsource: ").append(logsource).append('\n');
        text.append("filter:\n  rules: [")
                .append(String.join(
                        ", ", detections.stream().map(ExceptionText::quoted).toList()))
                .append("]\n");
        text.append("  harmless: {")
                .append(quoted(except.field()))
                .append(": ")
                .append(quoted(literal(except.value())))
                .append("}\n");
        text.append("  condition: harmless\n");
        return text.toString();
    }

    /** Sigma reads {@code *} and {@code ?} as any text: here they are themselves. */
    private static String literal(String value) {
        return value.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    private static String name(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return "except_" + plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    /** A double-quoted text of YAML 1.2; what cannot be seen is written as its number. */
    static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (isUnseen(c)) {
                text.append(String.format(Locale.ROOT, "\\U%08x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }

    private static boolean isUnseen(int c) {
        return Character.isISOControl(c)
                || switch (Character.getType(c)) {
                    case Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }
}
