package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.detection.Expression;

/** Documents on their way to a rule set: each is read on its own, then all together. Not thread-safe; used once. */
public final class RuleDocuments {
    private final Placeholders placeholders;
    private final Dialect dialect;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<Header> broken = new ArrayList<>();

    public RuleDocuments(Placeholders placeholders, Dialect dialect) {
        this.placeholders = placeholders;
        this.dialect = dialect;
    }

    public void report(Problem problem) {
        problems.add(problem);
    }

    /** Takes over what others have read, after what is here. */
    public void addAll(RuleDocuments others) {
        problems.addAll(others.problems);
        documents.addAll(others.documents);
        broken.addAll(others.broken);
    }

    /** Reads one document; an empty one is skipped. */
    public void add(Node node) {
        if (node instanceof Node.Scalar scalar && scalar.isNull()) {
            return;
        }
        Problems found = new Problems();
        if (node instanceof Node.Mapping mapping) {
            read(mapping, found);
        } else {
            found.error(
                    ProblemCode.NOT_A_RULE,
                    node.at(),
                    "the document is " + node.kind() + ", not a rule",
                    "a Sigma rule is a mapping with 'title' and 'detection', 'correlation' or 'filter'");
        }
        problems.addAll(found.found());
    }

    /** Resolves references; what depends on something broken is left out as well. */
    public RuleReader.Result finish() {
        RuleAssembly assembly = new RuleAssembly(documents, broken);
        var rules = assembly.assemble();
        problems.addAll(assembly.problems());
        problems.sort(RuleReader.IN_ORDER);
        return new RuleReader.Result(rules, problems);
    }

    private void read(Node.Mapping document, Problems found) {
        if (document.has("action")) {
            found.error(
                    ProblemCode.RULE_COLLECTION,
                    document.keyAt("action"),
                    "'action' belongs to the rule collections of Sigma 1, which Sigma 2.1 no longer has",
                    "write every rule as a whole document; YAML anchors and aliases can share parts");
            return;
        }
        List<String> kinds = List.of("detection", "correlation", "filter").stream()
                .filter(document::has)
                .toList();
        if (kinds.size() != 1) {
            kind(document, kinds, found);
            return;
        }
        if (dialect == Dialect.STRICT_SIGMA) {
            StrictSigma.check(document, found);
        }
        Header header = HeaderReader.read(document, found);
        Document read = switch (kinds.get(0)) {
            case "detection" -> detection(document, header, found);
            case "correlation" -> CorrelationReader.read(document, header, found);
            default -> FilterReader.read(document, header, placeholders, found);
        };
        if (read != null && !found.hasErrors()) {
            documents.add(read);
        } else if (header != null) {
            broken.add(header);
        }
    }

    private static void kind(Node.Mapping document, List<String> kinds, Problems found) {
        if (kinds.isEmpty()) {
            found.error(
                    ProblemCode.NOT_A_RULE,
                    document.at(),
                    "the document has no 'detection', 'correlation' or 'filter'",
                    "add one of the three; keep other YAML out of the folder of rules");
        } else {
            found.error(
                    ProblemCode.SEVERAL_KINDS,
                    document.keyAt(kinds.get(1)),
                    "the document has both '" + kinds.get(0) + "' and '" + kinds.get(1) + "'",
                    "write two documents, separated by a line '---'");
        }
    }

    private Document detection(Node.Mapping document, Header header, Problems found) {
        var logsource = LogsourceReader.read(document, found);
        Node.Mapping section = found.mapping(document, "detection");
        Expression condition =
                section == null ? null : new DetectionReader(placeholders, found).read(section, java.util.Set.of());
        return header == null || logsource == null || condition == null
                ? null
                : new Document.Detection(header, document, logsource, condition);
    }
}
