package jp.hinomi.correlation.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.RuleSource;

/** Takes the text of a file apart into its documents, as written: comments and all. Stateless and thread-safe. */
final class RuleDocumentTexts {
    /** At the start of a line these end a document even inside quoted text (YAML 1.2.2, 9.1.2). */
    private static final Pattern MARK = Pattern.compile("(---|\\.\\.\\.)(\\s.*)?");

    private static final Pattern NOTHING = Pattern.compile("\\s*([#%].*)?");

    private RuleDocumentTexts() {}

    /** @param unreadable receives what keeps a document from being taken over at all, such as broken YAML */
    static List<RuleRecord> of(RuleSource file, Consumer<Problem> unreadable) {
        List<RuleRecord> records = new ArrayList<>();
        List<String> lines = file.text().lines().toList();
        int begin = 0;
        for (int at = 0; at <= lines.size(); at++) {
            boolean mark = at < lines.size() && MARK.matcher(lines.get(at)).matches();
            if (mark || at == lines.size()) {
                add(file.name(), lines, begin, at, records, unreadable);
                boolean goesOn =
                        mark && !NOTHING.matcher(lines.get(at).substring(3)).matches();
                begin = goesOn ? at : at + 1;
            }
        }
        return records;
    }

    private static void add(
            String file,
            List<String> lines,
            int begin,
            int end,
            List<RuleRecord> records,
            Consumer<Problem> unreadable) {
        if (lines.subList(begin, end).stream()
                .allMatch(line -> NOTHING.matcher(line).matches())) {
            return;
        }
        String text = String.join("\n", lines.subList(begin, end)).stripTrailing() + "\n";
        RuleRecord record = new RuleRecord("", file, begin + 1, text);
        List<Problem> problems = new ArrayList<>();
        List<Node> nodes = YamlReader.read(file, record.source().text(), problems::add);
        String key = nodes.isEmpty() ? "" : key(nodes.get(0));
        if (key.isEmpty()) {
            if (problems.stream().noneMatch(Problem::isError)) {
                problems.add(new Problem(
                        file,
                        begin + 1,
                        1,
                        Problem.Level.ERROR,
                        "not-a-rule",
                        "the document is not a rule",
                        "a Sigma rule is a mapping with 'title' and 'detection', 'correlation' or 'filter'"));
            }
            problems.forEach(unreadable);
        } else {
            records.add(new RuleRecord(key, file, begin + 1, text));
        }
    }

    /** The name by which others refer to the rule. */
    static String name(RuleRecord record) {
        List<Node> nodes = YamlReader.read(record.file(), record.text(), problem -> {});
        return nodes.isEmpty() ? record.key() : first(nodes.get(0), "name", "id", "title");
    }

    private static String key(Node node) {
        return first(node, "id", "name", "title");
    }

    private static String first(Node node, String... names) {
        if (node instanceof Node.Mapping document) {
            for (String name : names) {
                if (document.get(name) instanceof Node.Scalar scalar
                        && !scalar.text().isBlank()) {
                    return scalar.text();
                }
            }
        }
        return "";
    }
}
