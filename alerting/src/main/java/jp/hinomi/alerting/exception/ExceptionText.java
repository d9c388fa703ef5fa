package jp.hinomi.alerting.exception;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Logsource;

/**
 * An exception as Sigma filters, one document for each log source that the excepted rules read. Values are from logs: each is
 * written as a quoted YAML text, in which nothing of it can be anything but text, and without the meaning that Sigma gives to
 * wildcards.
 */
public final class ExceptionText {
    private static final int LONGEST_NAME = 60;

    private ExceptionText() {}

    /** @param detections whose events it leaves out; at least one */
    public static String of(ExceptionWish wish, Collection<DetectionRule> detections) {
        Map<Logsource, List<String>> names = detections.stream()
                .collect(Collectors.groupingBy(
                        DetectionRule::logsource,
                        LinkedHashMap::new,
                        Collectors.mapping(each -> each.info().name(), Collectors.toList())));
        List<String> documents = new ArrayList<>();
        names.forEach((logsource, rules) -> documents.add(document(
                wish,
                documents.isEmpty() ? wish.name() : wish.name() + "_" + (documents.size() + 1),
                logsource,
                rules)));
        return String.join("---\n", documents);
    }

    private static String document(ExceptionWish wish, String name, Logsource logsource, List<String> rules) {
        StringBuilder text = new StringBuilder();
        text.append("title: ").append(quoted("Harmless for " + wish.rule())).append('\n');
        text.append("title_ja: ").append(quoted(wish.rule() + " の例外")).append('\n');
        text.append("name: ").append(name).append('\n');
        if (wish.owner().isEmpty()) {
            text.append("owner: \"\" # who answers for it: the id of a stakeholder\n");
        } else {
            text.append("owner: ").append(quoted(wish.owner())).append('\n');
        }
        if (wish.reason().isEmpty()) {
            text.append("reason: {en: \"\", ja: \"\"} # why it is harmless\n");
        } else {
            text.append("reason:\n");
            List.of("en", "ja").stream()
                    .filter(wish.reason()::containsKey)
                    .forEach(language -> text.append("  ")
                            .append(language)
                            .append(": ")
                            .append(quoted(wish.reason().get(language)))
                            .append('\n'));
        }
        text.append("expires: ").append(wish.until()).append('\n');
        text.append("logsource: ").append(logsource(logsource)).append('\n');
        text.append("filter:\n  rules: [")
                .append(rules.stream().map(ExceptionText::quoted).collect(Collectors.joining(", ")))
                .append("]\n  harmless:\n");
        wish.conditions().forEach(condition -> condition(condition, text));
        return text.append("  condition: harmless\n").toString();
    }

    private static void condition(Condition condition, StringBuilder text) {
        boolean several = condition.values().size() > 1;
        text.append("    ")
                .append(quoted(condition.field() + (several ? "|all" : "")))
                .append(": ");
        String values =
                condition.values().stream().map(value -> quoted(literal(value))).collect(Collectors.joining(", "));
        text.append(several ? "[" + values + "]" : values).append('\n');
    }

    private static String logsource(Logsource logsource) {
        List<String> parts = new ArrayList<>();
        logsource.category().ifPresent(word -> parts.add("category: " + quoted(word)));
        logsource.product().ifPresent(word -> parts.add("product: " + quoted(word)));
        logsource.service().ifPresent(word -> parts.add("service: " + quoted(word)));
        return "{" + String.join(", ", parts) + "}";
    }

    /** Sigma reads {@code *} and {@code ?} as any text: here they are themselves. */
    private static String literal(String value) {
        return value.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    /** A name for an exception, of what people call the parts. */
    public static String name(String prefix, String rule, String value) {
        String plain = (rule + "_" + value.substring(0, Math.min(LONGEST_NAME, value.length())))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        return prefix + "_" + plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    /** A double-quoted text of YAML 1.2; what cannot be seen is written as its number. */
    static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (isUnseen(c)) {
                text.append(escaped(c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }

    private static String escaped(int c) {
        String pattern = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        return String.format(Locale.ROOT, pattern, c);
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
