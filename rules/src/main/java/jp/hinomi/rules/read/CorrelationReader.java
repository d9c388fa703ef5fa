package jp.hinomi.rules.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.ProblemCode;

/** Reads the {@code correlation} section (Sigma correlation rules specification). */
final class CorrelationReader {
    static final List<String> KEYS =
            List.of("type", "rules", "group-by", "timespan", "condition", "aliases", "generate");

    /** Keys of our own types. */
    static final List<String> EXTENSION_KEYS = List.of("learning", "baseline", "at_least", "epl");

    private static final int DEFAULT_INTERVALS = 12;
    private static final int MOST_INTERVALS = 1_000;

    private final Node.Mapping document;
    private final Problems problems;

    private CorrelationReader(Node.Mapping document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The correlation, or null after reporting. */
    static Document.Correlation read(Node.Mapping document, Header header, Problems problems) {
        return new CorrelationReader(document, problems).read(header);
    }

    private Document.Correlation read(Header header) {
        Node.Mapping section = problems.mapping(document, "correlation");
        if (section == null) {
            return null;
        }
        problems.onlyKeys(
                "'correlation'",
                section,
                Stream.concat(KEYS.stream(), EXTENSION_KEYS.stream()).toList());
        CorrelationRule.Type type = type(section);
        List<Document.Reference> rules = rules(section);
        List<String> groupBy = distinct(section, "group-by");
        Duration timespan = timespan(section);
        Map<String, Map<Document.Reference, String>> aliases = aliases(section, groupBy);
        CorrelationConditionReader.Read condition = type == null
                ? CorrelationConditionReader.Read.NOTHING
                : CorrelationConditionReader.read(section, type, rules.size(), problems);
        if (type == CorrelationRule.Type.ABSENCE && rules.size() != 2) {
            problems.error(
                    ProblemCode.CORRELATION_CONDITION,
                    section.get("rules").at(),
                    "type absence takes two rules, and this one lists " + rules.size(),
                    "list the rule that opens the wait, then the one that has to follow");
        }
        Optional<Duration> learning = learning(section, type, timespan);
        Optional<CorrelationRule.Baseline> baseline = baseline(section, type, timespan);
        Optional<EplText> epl = epl(section, type);
        boolean generate = problems.flag(document, "generate") | problems.flag(section, "generate");
        if (header == null || type == null || timespan == null || problems.hasErrors()) {
            return null;
        }
        return new Document.Correlation(
                header,
                document,
                type,
                rules,
                groupBy,
                aliases,
                timespan,
                condition.condition(),
                condition.fields(),
                learning,
                baseline,
                epl,
                generate);
    }

    /** What it says is for the engine to judge; here it is a text. */
    private Optional<EplText> epl(Node.Mapping section, CorrelationRule.Type type) {
        if (type != CorrelationRule.Type.EPL) {
            notHere(section, "epl", type);
            return Optional.empty();
        }
        if (!section.has("epl")) {
            problems.missing(section, "epl");
            return Optional.empty();
        }
        return problems.text(section, "epl") != null && section.get("epl") instanceof Node.Scalar scalar
                ? Optional.of(new EplText(scalar.text(), scalar.textAt()))
                : Optional.empty();
    }

    private Optional<Duration> learning(Node.Mapping section, CorrelationRule.Type type, Duration timespan) {
        boolean wanted = type == CorrelationRule.Type.NEW_VALUE;
        if (!wanted) {
            notHere(section, "learning", type);
            return Optional.empty();
        }
        String text = problems.text(section, "learning");
        if (text == null) {
            return Optional.ofNullable(timespan);
        }
        return Durations.read("learning", text, section.get("learning").at(), problems);
    }

    private Optional<CorrelationRule.Baseline> baseline(
            Node.Mapping section, CorrelationRule.Type type, Duration timespan) {
        if (type != CorrelationRule.Type.RATE_CHANGE) {
            notHere(section, "baseline", type);
            notHere(section, "at_least", type);
            return Optional.empty();
        }
        long intervals = DEFAULT_INTERVALS;
        String text = problems.text(section, "baseline");
        if (text != null && timespan != null) {
            Location at = section.get("baseline").at();
            Optional<Duration> length = Durations.read("baseline", text, at, problems);
            if (length.isEmpty()) {
                return Optional.empty();
            }
            intervals = length.get().toMillis() / timespan.toMillis();
            if (length.get().toMillis() % timespan.toMillis() != 0 || intervals < 1 || intervals > MOST_INTERVALS) {
                problems.error(
                        ProblemCode.INVALID_DURATION,
                        at,
                        "'baseline' is '" + text + "', which is not a whole number of timespans from 1 to "
                                + MOST_INTERVALS,
                        "write a multiple of 'timespan'");
                return Optional.empty();
            }
        }
        return Optional.of(new CorrelationRule.Baseline((int) intervals, atLeast(section)));
    }

    private long atLeast(Node.Mapping section) {
        Node node = section.get("at_least");
        if (node == null) {
            return 1;
        }
        if (node instanceof Node.Scalar scalar
                && scalar.value() instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 1
                && number.doubleValue() <= Integer.MAX_VALUE) {
            return number.longValue();
        }
        problems.wrongType("'at_least'", node, "a whole number of matches, one or more");
        return 1;
    }

    private void notHere(Node.Mapping section, String key, CorrelationRule.Type type) {
        if (type != null && section.has(key)) {
            problems.error(
                    ProblemCode.UNKNOWN_KEY,
                    section.keyAt(key),
                    "type " + type.word() + " has no key '" + key + "'",
                    "remove it");
        }
    }

    private CorrelationRule.Type type(Node.Mapping section) {
        if (!section.has("type")) {
            problems.missing(section, "type");
            return null;
        }
        String word = problems.text(section, "type");
        if (word == null) {
            return null;
        }
        Optional<CorrelationRule.Type> type = Arrays.stream(CorrelationRule.Type.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        if (type.isEmpty()) {
            problems.error(
                    ProblemCode.UNKNOWN_WORD,
                    section.get("type").at(),
                    "there is no correlation type '" + word + "'",
                    Suggestion.remedy(
                            word,
                            Arrays.stream(CorrelationRule.Type.values())
                                    .map(CorrelationRule.Type::word)
                                    .toList()));
        }
        return type.orElse(null);
    }

    private List<Document.Reference> rules(Node.Mapping section) {
        if (!section.has("rules")) {
            problems.missing(section, "rules");
            return List.of();
        }
        List<Document.Reference> rules = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Node.Scalar rule : problems.textNodes(section, "rules")) {
            if (seen.add(rule.text())) {
                rules.add(new Document.Reference(rule.text(), rule.at()));
            } else {
                twice("rules", rule);
            }
        }
        if (section.get("rules") instanceof Node.Sequence sequence
                && sequence.elements().isEmpty()) {
            problems.error(ProblemCode.EMPTY_VALUE, sequence.at(), "'rules' is empty", "name the rules to correlate");
        }
        return rules;
    }

    private List<String> distinct(Node.Mapping section, String key) {
        List<String> texts = new ArrayList<>();
        for (Node.Scalar each : problems.textNodes(section, key)) {
            if (texts.contains(each.text())) {
                twice(key, each);
            }
            texts.add(each.text());
        }
        return texts;
    }

    private void twice(String key, Node.Scalar entry) {
        problems.error(
                ProblemCode.DUPLICATE_KEY,
                entry.at(),
                "'" + entry.text() + "' stands twice in '" + key + "'",
                "remove one of the two");
    }

    private Duration timespan(Node.Mapping section) {
        if (!section.has("timespan")) {
            problems.missing(section, "timespan");
            return null;
        }
        String text = problems.text(section, "timespan");
        return text == null
                ? null
                : Durations.read("timespan", text, section.get("timespan").at(), problems)
                        .orElse(null);
    }

    private Map<String, Map<Document.Reference, String>> aliases(Node.Mapping section, List<String> groupBy) {
        Map<String, Map<Document.Reference, String>> aliases = new LinkedHashMap<>();
        if (!section.has("aliases")) {
            return aliases;
        }
        Node.Mapping all = problems.mapping(section, "aliases");
        if (all == null) {
            return aliases;
        }
        for (String alias : all.names()) {
            Node.Mapping fields = problems.mapping(all, alias);
            if (fields == null) {
                continue;
            }
            if (!groupBy.contains(alias)) {
                problems.warning(
                        ProblemCode.BAD_ALIAS,
                        all.keyAt(alias),
                        "'group-by' does not use the alias '" + alias + "'",
                        "use it or remove it");
            }
            Map<Document.Reference, String> byRule = new LinkedHashMap<>();
            for (String rule : fields.names()) {
                String field = problems.text(fields, rule);
                if (field != null) {
                    byRule.put(new Document.Reference(rule, fields.keyAt(rule)), field);
                }
            }
            aliases.put(alias, byRule);
        }
        return aliases;
    }
}
