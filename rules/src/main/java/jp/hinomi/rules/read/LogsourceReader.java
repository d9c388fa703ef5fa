package jp.hinomi.rules.read;

import java.util.List;
import java.util.Optional;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.route.Attribute;
import jp.hinomi.rules.route.LogsourceTable;

/** Reads the {@code logsource} section. */
final class LogsourceReader {
    private static final List<String> OTHER_KEYS = List.of("definition");

    private LogsourceReader() {}

    /** The log source, or null after reporting. Words that route nowhere are warnings: they exclude no event. */
    static Logsource read(Node.Mapping document, Problems problems) {
        Node.Mapping section = problems.mapping(document, "logsource");
        if (section == null) {
            return null;
        }
        for (String key : section.names()) {
            if (Attribute.ofWord(key).isEmpty() && !OTHER_KEYS.contains(key)) {
                problems.warning(
                        ProblemCode.UNKNOWN_KEY,
                        section.keyAt(key),
                        "'logsource' has no key '" + key + "' that selects logs",
                        Suggestion.nearest(key, List.of("category", "product", "service", "definition"))
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("use category, product or service"));
            }
        }
        if (!section.has("category") && !section.has("product") && !section.has("service")) {
            problems.error(
                    ProblemCode.MISSING_KEY,
                    section.at(),
                    "'logsource' names no logs",
                    "add category, product or service");
            return null;
        }
        return new Logsource(
                word(section, Attribute.CATEGORY, problems),
                word(section, Attribute.PRODUCT, problems),
                word(section, Attribute.SERVICE, problems));
    }

    private static Optional<String> word(Node.Mapping section, Attribute attribute, Problems problems) {
        String text = problems.text(section, attribute.word());
        if (text != null && !LogsourceTable.standard().knows(attribute, text)) {
            problems.warning(
                    ProblemCode.UNKNOWN_LOGSOURCE,
                    section.get(attribute.word()).at(),
                    "nothing is known about the " + attribute.word() + " '" + text + "', so it excludes no event",
                    Suggestion.nearest(text, LogsourceTable.standard().words(attribute))
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("check the spelling"));
        }
        return Optional.ofNullable(text);
    }
}
