package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;

/** Collects what is wrong, and takes typed values out of nodes while doing so. One per document. Not thread-safe. */
public final class Problems implements Consumer<Problem> {
    private final List<Problem> found = new ArrayList<>();

    @Override
    public void accept(Problem problem) {
        found.add(problem);
    }

    public List<Problem> found() {
        return found;
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    public void error(ProblemCode code, Location at, String message, String remedy) {
        found.add(code.error(at, message, remedy));
    }

    public void warning(ProblemCode code, Location at, String message, String remedy) {
        found.add(code.warning(at, message, remedy));
    }

    /** Reports that the node is not {@code wanted}. */
    public void wrongType(String what, Node node, String wanted) {
        error(ProblemCode.WRONG_TYPE, node.at(), what + " is " + node.kind(), "write " + wanted);
    }

    /** Reports keys that are not among the known ones as errors. */
    public void onlyKeys(String what, Node.Mapping mapping, Collection<String> known) {
        for (String key : mapping.names()) {
            if (!known.contains(key)) {
                error(
                        ProblemCode.UNKNOWN_KEY,
                        mapping.keyAt(key),
                        what + " has no key '" + key + "'",
                        Suggestion.remedy(key, known));
            }
        }
    }

    /** The mapping under the key, or null after reporting. */
    public Node.Mapping mapping(Node.Mapping parent, String key) {
        Node node = parent.get(key);
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        if (node == null) {
            missing(parent, key);
        } else {
            wrongType("'" + key + "'", node, "a mapping");
        }
        return null;
    }

    public void missing(Node.Mapping parent, String key) {
        error(ProblemCode.MISSING_KEY, parent.at(), "'" + key + "' is missing", "add '" + key + "'");
    }

    /** The text under the key; null if there is none, or after reporting. Numbers are taken as written. */
    public String text(Node.Mapping parent, String key) {
        Node node = parent.get(key);
        return node == null ? null : text("'" + key + "'", node);
    }

    /** The text of the node, or null after reporting that it is none. */
    public String text(String what, Node node) {
        if (!(node instanceof Node.Scalar scalar) || scalar.value() instanceof Boolean) {
            wrongType(what, node, "text");
            return null;
        }
        if (scalar.isNull() || scalar.text().isBlank()) {
            error(ProblemCode.EMPTY_VALUE, node.at(), what + " is empty", "write a text, or remove the key");
            return null;
        }
        return scalar.text();
    }

    /** The texts under the key: a list, or one text; empty if there is none, or after reporting. */
    public List<String> texts(Node.Mapping parent, String key) {
        return textNodes(parent, key).stream().map(Node.Scalar::text).toList();
    }

    /** As {@link #texts}, with their places. */
    public List<Node.Scalar> textNodes(Node.Mapping parent, String key) {
        Node node = parent.get(key);
        if (node == null) {
            return List.of();
        }
        List<Node> elements = node instanceof Node.Sequence sequence ? sequence.elements() : List.of(node);
        List<Node.Scalar> texts = new ArrayList<>();
        for (Node element : elements) {
            if (text("an entry of '" + key + "'", element) != null) {
                texts.add((Node.Scalar) element);
            }
        }
        return texts;
    }

    /** True or false under the key; false if there is none, or after reporting. */
    public boolean flag(Node.Mapping parent, String key) {
        Node node = parent.get(key);
        if (node == null) {
            return false;
        }
        if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean value) {
            return value;
        }
        wrongType("'" + key + "'", node, "true or false");
        return false;
    }
}
