package jp.hinomi.rules.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.read.Problems;

/** Reads the files that say which risks rules answer ({@code *.coverage.yml}), strictly. */
public final class RiskFileReader {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:\\s*-\\s*([0-9]{1,4}))?");
    private static final Set<String> LANGUAGES = Set.of("ja", "en");

    private final Problems problems;
    private final Guideline guideline = Guideline.standard();
    private final Map<Integer, Map<String, String>> incidents = new TreeMap<>();
    private final List<RiskEntry> entries = new ArrayList<>();
    private final Map<Integer, Location> told = new TreeMap<>();

    private RiskFileReader(Problems problems) {
        this.problems = problems;
    }

    /** All such files below the paths as one; what is wrong is reported. */
    public static RiskFile read(List<Path> paths, Problems problems) {
        RiskFileReader reader = new RiskFileReader(problems);
        for (Path path : paths) {
            for (Path file : files(path, problems)) {
                YamlReader.read(file, problems).forEach(reader::document);
            }
        }
        return new RiskFile(reader.incidents, reader.entries);
    }

    private static List<Path> files(Path path, Problems problems) {
        if (!Files.isDirectory(path)) {
            return RuleReader.isCoverageFile(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(RuleReader::isCoverageFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            problems.error(
                    ProblemCode.UNREADABLE,
                    Location.ofFile(path.toString()),
                    "cannot list the folder: " + e.getMessage(),
                    "check that it exists and may be read");
            return List.of();
        }
    }

    private void document(Node node) {
        if (!(node instanceof Node.Mapping document)) {
            problems.wrongType("the document", node, "a mapping with 'incidents' and 'risks'");
            return;
        }
        problems.onlyKeys("the document", document, Set.of("incidents", "risks"));
        if (document.has("incidents")) {
            Node.Mapping written = problems.mapping(document, "incidents");
            if (written != null) {
                written.entries().forEach((number, texts) -> incident(written, number, texts));
            }
        }
        if (document.get("risks") instanceof Node.Sequence risks) {
            risks.elements().forEach(this::entry);
        } else if (document.has("risks")) {
            problems.wrongType("'risks'", document.get("risks"), "a list");
        } else {
            problems.missing(document, "risks");
        }
    }

    private void incident(Node.Mapping parent, String number, Node texts) {
        Matcher matcher = RANGE.matcher(number);
        int value = matcher.matches() && matcher.group(2) == null ? Integer.parseInt(number) : 0;
        if (value < 1 || value > guideline.incidents()) {
            problems.error(
                    ProblemCode.UNKNOWN_RISK,
                    parent.keyAt(number),
                    "the guideline has no incident '" + number + "'",
                    "use a number from 1 to " + guideline.incidents());
            return;
        }
        incidents.put(value, texts("the incident " + number, texts));
    }

    private void entry(Node node) {
        if (!(node instanceof Node.Mapping entry)) {
            problems.wrongType("an entry of 'risks'", node, "a mapping");
            return;
        }
        problems.onlyKeys("an entry of 'risks'", entry, Set.of("risk", "title", "rules", "not_in_logs"));
        List<Integer> numbers = numbers(entry);
        Map<String, String> title = Map.of();
        if (entry.has("title")) {
            title = texts("'title'", entry.get("title"));
        } else {
            problems.missing(entry, "title");
        }
        List<RiskEntry.Named> rules = problems.textNodes(entry, "rules").stream()
                .map(rule -> new RiskEntry.Named(rule.text(), rule.at()))
                .toList();
        Map<String, String> reason =
                entry.has("not_in_logs") ? texts("'not_in_logs'", entry.get("not_in_logs")) : Map.of();
        if (entry.has("rules") == entry.has("not_in_logs")) {
            problems.error(
                    ProblemCode.MISSING_KEY,
                    entry.at(),
                    entry.has("rules") ? "the entry has both 'rules' and 'not_in_logs'" : "the entry has no 'rules'",
                    "name the rules that show it, or say under 'not_in_logs' why no log can");
        } else if (rules.isEmpty() != reason.isEmpty() && !numbers.isEmpty()) {
            entries.add(new RiskEntry(numbers, title, rules, reason, entry.at()));
        } else if (rules.isEmpty() && entry.has("rules")) {
            problems.error(ProblemCode.EMPTY_VALUE, entry.keyAt("rules"), "'rules' is empty", "name a rule");
        }
    }

    private List<Integer> numbers(Node.Mapping entry) {
        if (!entry.has("risk")) {
            problems.missing(entry, "risk");
        }
        List<Integer> numbers = new ArrayList<>();
        for (Node.Scalar written : problems.textNodes(entry, "risk")) {
            Matcher matcher = RANGE.matcher(written.text().strip());
            int from = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int to = from == 0 || matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            if (from < 1 || to < from || to > guideline.risks().size()) {
                problems.error(
                        ProblemCode.UNKNOWN_RISK,
                        written.at(),
                        "'" + written.text() + "' names no risk of the guideline",
                        "use numbers from 1 to " + guideline.risks().size() + ", or a range such as \"5-6\"");
                continue;
            }
            for (int number = from; number <= to; number++) {
                numbers.add(number);
                Location before = told.putIfAbsent(number, written.at());
                if (before != null) {
                    problems.error(
                            ProblemCode.DUPLICATE_KEY,
                            written.at(),
                            "the risk " + number + " stands in " + before.file() + ":" + before.line() + " already",
                            "remove one of the two");
                }
            }
        }
        return numbers;
    }

    /** Texts in both languages. */
    private Map<String, String> texts(String what, Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.wrongType(what, node, "{ja: …, en: …}");
            return Map.of();
        }
        problems.onlyKeys(what, mapping, LANGUAGES);
        Map<String, String> texts = new TreeMap<>();
        for (String language : new TreeSet<>(LANGUAGES)) {
            if (!mapping.has(language)) {
                problems.missing(mapping, language);
                continue;
            }
            String text = problems.text(mapping, language);
            if (text != null) {
                texts.put(language, text.strip());
            }
        }
        return texts;
    }
}
