package jp.hinomi.city;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;

/**
 * One mapping of a file, read key by key. Every key is asked for before {@link #close}, which reports the keys that nobody
 * asked for. Nothing throws: what is wrong goes to the problems, and the value is absent. Not thread-safe.
 */
final class Form implements AutoCloseable {
    private final Node.Mapping node;
    private final String what;
    private final Consumer<Problem> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private Form(Node.Mapping node, String what, Consumer<Problem> problems) {
        this.node = node;
        this.what = what;
        this.problems = problems;
    }

    /** @param what a person would call it, with its article: {@code a stakeholder} */
    static Optional<Form> of(Node node, String what, Consumer<Problem> problems) {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(new Form(mapping, what, problems));
        }
        problems.accept(Problem.error(
                node.at(),
                "wrong-type",
                what + " is a mapping of keys and values, here stands " + node.kind(),
                "write 'key: value' pairs"));
        return Optional.empty();
    }

    Location at() {
        return node.at();
    }

    /** The place of the key's value; of the whole mapping if the key is missing. */
    Location at(String key) {
        return node.has(key) ? node.get(key).at() : node.at();
    }

    boolean has(String key) {
        return node.has(key);
    }

    <T> Optional<T> required(String key, Function<String, T> parser) {
        return present(key) ? scalar(key, parser) : Optional.empty();
    }

    <T> Optional<T> optional(String key, Function<String, T> parser) {
        asked.add(key);
        return node.has(key) ? scalar(key, parser) : Optional.empty();
    }

    /** The elements of a list; empty if it is missing or no list. */
    List<Node> list(String key, boolean required) {
        asked.add(key);
        if (!node.has(key)) {
            if (required) {
                present(key);
            }
            return List.of();
        }
        if (node.get(key) instanceof Node.Sequence sequence) {
            return sequence.elements();
        }
        error(
                at(key),
                "wrong-type",
                "'" + key + "' of " + what + " is a list, here stands "
                        + node.get(key).kind(),
                "write it as [a, b] or as lines that begin with '- '");
        return List.of();
    }

    /** A list of plain values. */
    <T> List<T> values(String key, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (Node element : list(key, false)) {
            parse(element, "an element of '" + key + "'", parser).ifPresent(values::add);
        }
        return values;
    }

    /** A key that may be there and says nothing here. */
    void optionalKey(String key) {
        asked.add(key);
    }

    /** One plain value or a list of them, each with its place; reported if it is missing or an empty list. */
    <T> void oneOrMore(String key, Function<String, T> parser, BiConsumer<T, Location> values) {
        if (!present(key)) {
            return;
        }
        if (!(node.get(key) instanceof Node.Sequence sequence)) {
            scalar(key, parser).ifPresent(value -> values.accept(value, at(key)));
            return;
        }
        if (sequence.elements().isEmpty()) {
            error(at(key), "empty", "'" + key + "' of " + what + " is empty", "name one at least");
        }
        for (Node element : sequence.elements()) {
            parse(element, "an element of '" + key + "'", parser)
                    .ifPresent(value -> values.accept(value, element.at()));
        }
    }

    /** What stands there, of whatever kind; reported if it is missing. */
    Optional<Node> node(String key) {
        return present(key) ? Optional.of(node.get(key)) : Optional.empty();
    }

    /** A mapping below this one whose keys may be any. */
    Optional<Node.Mapping> mapping(String key) {
        asked.add(key);
        return node.has(key) ? asMapping(key) : Optional.empty();
    }

    /** As {@link #mapping}, and reported if it is missing. */
    Optional<Node.Mapping> required(String key) {
        return present(key) ? asMapping(key) : Optional.empty();
    }

    private Optional<Node.Mapping> asMapping(String key) {
        if (node.get(key) instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        error(
                at(key),
                "wrong-type",
                "'" + key + "' of " + what + " is a mapping of keys and values, here stands "
                        + node.get(key).kind(),
                "write 'key: value' pairs");
        return Optional.empty();
    }

    /** A mapping below this one. */
    Optional<Form> form(String key, boolean required, String whatItIs) {
        asked.add(key);
        if (!node.has(key)) {
            if (required) {
                present(key);
            }
            return Optional.empty();
        }
        return of(node.get(key), whatItIs, problems);
    }

    /** Text by language: {@code {ja: …, en: …}}, at least one of the two. */
    Optional<Map<String, String>> texts(String key) {
        if (!present(key)) {
            return Optional.empty();
        }
        Optional<Form> languages = of(node.get(key), "'" + key + "' (text by language)", problems);
        if (languages.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        try (Form form = languages.get()) {
            for (String language : Formats.LANGUAGES) {
                form.optional(language, Formats::text).ifPresent(text -> texts.put(language, text));
            }
        }
        if (texts.isEmpty()) {
            error(at(key), "no-text", "'" + key + "' of " + what + " has no text", "write {ja: …, en: …}");
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    /** Whatever else stands here is not called unknown. */
    void any() {
        asked.addAll(node.names());
    }

    void error(Location at, String code, String message, String remedy) {
        problems.accept(Problem.error(at, code, message, remedy));
    }

    /** Reports keys that nobody asked for. */
    @Override
    public void close() {
        for (String key : node.names()) {
            if (!asked.contains(key)) {
                error(
                        node.keyAt(key),
                        "unknown-key",
                        what + " has no key '" + key + "'",
                        Suggestion.remedy(key, asked));
            }
        }
    }

    private boolean present(String key) {
        asked.add(key);
        if (!node.has(key)) {
            error(at(), "missing-key", what + " needs '" + key + "'", "add '" + key + ": …'");
        }
        return node.has(key);
    }

    private <T> Optional<T> scalar(String key, Function<String, T> parser) {
        return parse(node.get(key), "'" + key + "' of " + what, parser);
    }

    private <T> Optional<T> parse(Node value, String name, Function<String, T> parser) {
        if (!(value instanceof Node.Scalar scalar) || scalar.isNull()) {
            error(
                    value.at(),
                    "wrong-type",
                    name + " is plain text, here stands " + value.kind(),
                    "write one value on the line");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(scalar.text()));
        } catch (Mistake e) {
            error(value.at(), e.code(), name + ": " + e.getMessage(), e.remedy());
            return Optional.empty();
        }
    }
}
