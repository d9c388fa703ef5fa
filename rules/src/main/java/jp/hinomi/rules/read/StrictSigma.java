package jp.hinomi.rules.read;

import java.util.Arrays;
import java.util.Collection;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.ProblemCode;

/** Refuses what other tools for Sigma do not know. */
final class StrictSigma {
    private StrictSigma() {}

    static void check(Node.Mapping document, Problems problems) {
        refuse(document, HeaderReader.EXTENSIONS, problems);
        if (document.has("filter")) {
            refuse(document, HeaderReader.EXTENSIONS_OF_FILTERS, problems);
        }
        if (!(document.get("correlation") instanceof Node.Mapping correlation)) {
            return;
        }
        refuse(correlation, CorrelationReader.EXTENSION_KEYS, problems);
        Node type = correlation.get("type");
        if (type instanceof Node.Scalar scalar
                && Arrays.stream(CorrelationRule.Type.values())
                        .anyMatch(each -> each.isExtension() && each.word().equals(scalar.text()))) {
            problems.error(
                    ProblemCode.EXTENSION,
                    type.at(),
                    "Sigma has no correlation type '" + scalar.text() + "'",
                    "leave --strict-sigma out, or use a type of Sigma");
        }
    }

    private static void refuse(Node.Mapping mapping, Collection<String> extensions, Problems problems) {
        for (String key : mapping.names()) {
            if (extensions.contains(key)) {
                problems.error(
                        ProblemCode.EXTENSION,
                        mapping.keyAt(key),
                        "Sigma has no key '" + key + "'",
                        "leave --strict-sigma out, or remove the key");
            }
        }
    }
}
