package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.detection.Expression;

/**
 * Reads a filter: what is excepted from the matches of some rules (Sigma filters specification).
 *
 * <p>The specification's example excepts what {@code condition: selection} selects; pySigma wants {@code condition: not
 * selection} for the same and joins it with {@code and}. Both are taken as their authors mean them: a condition that only
 * negates, as {@code not a and not b} does, says what remains, any other says what is excepted.
 */
final class FilterReader {
    static final Set<String> NOT_IDENTIFIERS = Set.of("rules");

    private FilterReader() {}

    /** The filter, or null after reporting. */
    static Document.Filter read(Node.Mapping document, Header header, Placeholders placeholders, Problems problems) {
        Logsource logsource = LogsourceReader.read(document, problems);
        Node.Mapping section = problems.mapping(document, "filter");
        if (section == null) {
            return null;
        }
        List<Document.Reference> rules = rules(section, problems);
        DetectionReader reader = new DetectionReader(placeholders, problems);
        Expression condition = reader.read(section, NOT_IDENTIFIERS);
        Optional<RuleFilter.Terms> terms = ExceptionTermsReader.read(document, header, problems);
        if (header == null || logsource == null || condition == null || problems.hasErrors()) {
            return null;
        }
        Expression exception = saysWhatRemains(condition, reader) ? negated(condition) : condition;
        return new Document.Filter(header, document, logsource, rules, exception, terms);
    }

    private static boolean saysWhatRemains(Expression part, DetectionReader reader) {
        if (reader.isSelection(part)) {
            return false; // it may be a negation itself, of a field that must not exist for one
        }
        if (part instanceof Expression.All all) {
            return all.of().stream().allMatch(each -> saysWhatRemains(each, reader));
        }
        if (part instanceof Expression.AtLeast some) {
            return some.of().stream().allMatch(each -> saysWhatRemains(each, reader));
        }
        return part instanceof Expression.Not;
    }

    private static Expression negated(Expression condition) {
        return condition instanceof Expression.Not not ? not.of() : new Expression.Not(condition);
    }

    private static List<Document.Reference> rules(Node.Mapping section, Problems problems) {
        List<Document.Reference> rules = new ArrayList<>();
        if (!section.has("rules")) {
            problems.missing(section, "rules");
        }
        for (Node.Scalar rule : problems.textNodes(section, "rules")) {
            rules.add(new Document.Reference(rule.text(), rule.at()));
        }
        if (rules.isEmpty() && section.has("rules") && !problems.hasErrors()) {
            problems.error(
                    ProblemCode.EMPTY_VALUE, section.get("rules").at(), "'rules' is empty", "name the rules to filter");
        }
        return rules;
    }
}
