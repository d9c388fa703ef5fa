package jp.hinomi.rules.lint;

import java.nio.file.Path;
import java.util.Optional;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.read.DetectionOutline;

/**
 * One document, as written and as read.
 *
 * @param rule empty for filters, and for what could not be read
 * @param outline the detection or the filter with its places; empty for correlations, and for what could not be read
 * @param own whether it belongs to a pack written for this product, of which style is asked
 */
record LintedDocument(
        Path file, Node.Mapping written, Optional<Rule> rule, Optional<DetectionOutline> outline, boolean own) {
    static LintedDocument of(Path file, Node.Mapping written, Optional<Rule> rule, boolean own) {
        Optional<DetectionOutline> outline = Optional.empty();
        if (written.get("filter") instanceof Node.Mapping section) {
            outline = DetectionOutline.ofFilter(section, Placeholders.NONE);
        } else if (rule.isPresent() && written.get("detection") instanceof Node.Mapping section) {
            outline = DetectionOutline.ofDetection(section, Placeholders.NONE);
        }
        return new LintedDocument(file, written, rule, outline, own);
    }

    Optional<DetectionRule> detection() {
        return rule.filter(DetectionRule.class::isInstance).map(DetectionRule.class::cast);
    }

    Optional<CorrelationRule> correlation() {
        return rule.filter(CorrelationRule.class::isInstance).map(CorrelationRule.class::cast);
    }

    boolean isFilter() {
        return written.has("filter");
    }

    Location at() {
        return written.at();
    }

    /** Where the key's value stands, else the key's mapping. */
    Location at(String key) {
        Node node = written.get(key);
        return node == null ? written.at() : node.at();
    }

    /** The text under the key; empty if there is none, or it is no text. */
    Optional<String> text(String key) {
        return written.get(key) instanceof Node.Scalar scalar && !scalar.isNull()
                ? Optional.of(scalar.text().strip())
                : Optional.empty();
    }

    /** The section, empty if it is no mapping. */
    Optional<Node.Mapping> section(String key) {
        return written.get(key) instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }
}
