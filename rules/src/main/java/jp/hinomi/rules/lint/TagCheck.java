package jp.hinomi.rules.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.coverage.AttackCatalogue;

/** Tags: the controls of the guideline and the techniques of ATT&CK. Whether a control exists is read with the rule. */
final class TagCheck implements Check {
    private static final Pattern TECHNIQUE = Pattern.compile("t[0-9]{4}(\\.[0-9]{3})?");
    private static final Pattern GROUP_OR_SOFTWARE = Pattern.compile("[gsc][0-9]{4}");

    /** Those of our catalogue, and two that ATT&CK has made of defence evasion since. */
    private static final Set<String> TACTICS = Stream.concat(
                    AttackCatalogue.standard().matrices().values().stream().flatMap(List::stream),
                    Stream.of("stealth", "defense-impairment"))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        if (document.isFilter()) {
            return;
        }
        List<Node.Scalar> tags = tags(document);
        Set<String> seen = new HashSet<>();
        for (Node.Scalar tag : tags) {
            if (!seen.add(tag.text())) {
                findings.add(
                        ProblemCode.TAG_TWICE, tag.at(), "'" + tag.text() + "' stands twice", "remove one of the two");
            } else if (tag.text().startsWith("attack.")) {
                attack(tag, findings);
            }
        }
        missing(
                "cps.",
                ProblemCode.MISSING_CONTROL_TAG,
                "add the controls that the rule serves, such as cps.ae-3",
                tags,
                document,
                findings);
        missing(
                "attack.t",
                ProblemCode.MISSING_ATTACK_TAG,
                "add the technique that the rule sees, such as attack.t1110",
                tags,
                document,
                findings);
    }

    private static void attack(Node.Scalar tag, Findings findings) {
        String name = tag.text().substring("attack.".length()).replace('_', '-');
        if (TECHNIQUE.matcher(name).matches() || GROUP_OR_SOFTWARE.matcher(name).matches() || TACTICS.contains(name)) {
            return;
        }
        findings.add(
                ProblemCode.UNKNOWN_ATTACK_TAG,
                tag.at(),
                "ATT&CK has neither technique nor tactic '" + name + "'",
                Suggestion.nearest(name, TACTICS)
                        .map(near -> "did you mean 'attack." + near + "'?")
                        .orElse("write a technique as attack.t1110 or attack.t1110.001, or a tactic by its name"));
    }

    private static void missing(
            String prefix,
            ProblemCode code,
            String remedy,
            List<Node.Scalar> tags,
            LintedDocument document,
            Findings findings) {
        if (tags.stream().noneMatch(tag -> tag.text().startsWith(prefix))) {
            findings.add(code, document.at("tags"), "no tag begins with '" + prefix + "'", remedy);
        }
    }

    private static List<Node.Scalar> tags(LintedDocument document) {
        Node node = document.written().get("tags");
        List<Node> elements =
                node instanceof Node.Sequence sequence ? sequence.elements() : node == null ? List.of() : List.of(node);
        return elements.stream()
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .toList();
    }
}
