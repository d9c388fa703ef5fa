package jp.hinomi.events.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Writes what is different into the text of a document, and leaves every other character as it was: comments, quotes, empty lines,
 * the order of keys. Comments directly above an entry and behind it are the entry's: they stay, move and go with it; those that an
 * empty line keeps apart stay where they are. Stateless and thread-safe.
 */
public final class YamlEdit {
    private static final int NEW = -1;

    private final String text;
    private final boolean wide;

    private YamlEdit(String text) {
        this.text = text;
        this.wide = text.codePointCount(0, text.length()) != text.length();
    }

    /**
     * @param next what it is to say. An element of a list that has the place of one in the text is that one, edited; without a place,
     *     it is the one that says the same, else a new one.
     * @return empty if it is written in a way that cannot be changed at that place, as an alias. What comes out is to be read
     *     again by whoever relies on it.
     */
    public static Optional<String> edited(String text, Node.Mapping next) {
        try {
            org.yaml.snakeyaml.nodes.Node root =
                    new Yaml(new SafeConstructor(YamlReader.options())).compose(new StringReader(text));
            if (root == null) {
                return Optional.empty();
            }
            YamlEdit edit = new YamlEdit(text);
            Span at = edit.span(root, 0);
            return Optional.of(text.substring(0, at.from()) + edit.value(root, at, next) + text.substring(at.to()));
        } catch (YAMLException | UnwritableException e) {
            return Optional.empty();
        }
    }

    /** Nothing in the text can be changed so that it says that. */
    private static final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Characters of the text. */
    private record Span(int from, int to) {}

    /** An entry of a mapping or an element of a list, where an element begins with its value. */
    private record Part(org.yaml.snakeyaml.nodes.Node first, org.yaml.snakeyaml.nodes.Node value) {}

    /** @param old place among the parts in the text; {@link #NEW} if it is none of them */
    private record Wanted(int old, String key, Node value) {}

    private String value(org.yaml.snakeyaml.nodes.Node old, Span at, Node next) {
        if (same(old, next)) {
            return cut(at.from(), at.to());
        }
        if (old.getAnchor() != null) {
            // What others are, too, is not changed for one.
            throw new UnwritableException();
        }
        if (old instanceof MappingNode mapping && next instanceof Node.Mapping wanted) {
            List<Part> parts = parts(mapping);
            return isBlock(old)
                    ? block(mapping, at, parts, wanted(parts, wanted))
                    : flow(at, parts, wanted(parts, wanted));
        }
        if (old instanceof SequenceNode list && next instanceof Node.Sequence wanted) {
            List<Part> parts = parts(list);
            return isBlock(old)
                    ? block(list, at, parts, wanted(parts, wanted))
                    : flow(at, parts, wanted(parts, wanted));
        }
        if (isBlock(old)) {
            throw new UnwritableException();
        }
        return (at.from() == at.to() ? " " : "") + YamlText.flow(next);
    }

    // --- what stays, and as what

    private static boolean same(org.yaml.snakeyaml.nodes.Node old, Node next) {
        if (old instanceof ScalarNode scalar) {
            return next instanceof Node.Scalar wanted && scalar.getValue().equals(wanted.text());
        }
        if (old instanceof SequenceNode list) {
            if (!(next instanceof Node.Sequence wanted)
                    || list.getValue().size() != wanted.elements().size()) {
                return false;
            }
            for (int i = 0; i < wanted.elements().size(); i++) {
                if (!same(list.getValue().get(i), wanted.elements().get(i))) {
                    return false;
                }
            }
            return true;
        }
        List<NodeTuple> entries = ((MappingNode) old).getValue();
        return next instanceof Node.Mapping wanted
                && entries.size() == wanted.names().size()
                && entries.stream()
                        .allMatch(entry -> wanted.has(key(entry.getKeyNode()))
                                && same(entry.getValueNode(), wanted.get(key(entry.getKeyNode()))));
    }

    private static String key(org.yaml.snakeyaml.nodes.Node key) {
        if (key instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new UnwritableException();
    }

    private static List<Part> parts(CollectionNode<?> of) {
        return of instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(entry -> new Part(entry.getKeyNode(), entry.getValueNode()))
                        .toList()
                : ((SequenceNode) of)
                        .getValue().stream().map(each -> new Part(each, each)).toList();
    }

    /** What stays keeps its order; what is new comes last. */
    private static List<Wanted> wanted(List<Part> parts, Node.Mapping next) {
        List<Wanted> wanted = new ArrayList<>();
        List<String> fresh = new ArrayList<>(next.names());
        for (int i = 0; i < parts.size(); i++) {
            String key = key(parts.get(i).first());
            if (fresh.remove(key)) {
                wanted.add(new Wanted(i, key, next.get(key)));
            }
        }
        fresh.forEach(key -> wanted.add(new Wanted(NEW, key, next.get(key))));
        return wanted;
    }

    private static List<Wanted> wanted(List<Part> parts, Node.Sequence next) {
        int[] old = new int[next.elements().size()];
        boolean[] taken = new boolean[parts.size()];
        for (int i = 0; i < old.length; i++) {
            Location at = next.elements().get(i).at();
            old[i] = NEW;
            for (int j = 0; j < taken.length && old[i] == NEW; j++) {
                if (!taken[j] && isAt(parts.get(j).value(), at)) {
                    taken[j] = true;
                    old[i] = j;
                }
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < old.length; i++) {
            Node element = next.elements().get(i);
            for (int j = 0; j < taken.length && old[i] == NEW; j++) {
                if (!taken[j] && same(parts.get(j).value(), element)) {
                    taken[j] = true;
                    old[i] = j;
                }
            }
            wanted.add(new Wanted(old[i], "", element));
        }
        return wanted;
    }

    private static boolean isAt(org.yaml.snakeyaml.nodes.Node node, Location at) {
        return node.getStartMark().getLine() + 1 == at.line()
                && node.getStartMark().getColumn() + 1 == at.column();
    }

    // --- in lines

    private String block(CollectionNode<?> old, Span at, List<Part> parts, List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            throw new UnwritableException();
        }
        String indent = " ".repeat(old.getStartMark().getColumn());
        // The first may stand behind the dash of a list.
        boolean compact = at.from() != lineStart(at.from());
        List<Span> chunks = chunks(old, at.from());
        String[] texts = new String[parts.size()];
        for (Wanted each : wanted) {
            if (each.old() != NEW) {
                Span chunk = chunks.get(each.old());
                String kept = edited(parts.get(each.old()), chunk, each.value());
                texts[each.old()] =
                        (compact && each.old() == 0 ? indent : "") + (kept.endsWith("\n") ? kept : kept + "\n");
            }
        }
        StringBuilder apart = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] == null) {
                apart.append(compact && i == 0 ? "" : apart(chunks.get(i)));
            } else {
                texts[i] = apart + texts[i];
                apart.setLength(0);
            }
        }
        StringBuilder out = new StringBuilder();
        for (Wanted each : wanted) {
            out.append(each.old() != NEW ? texts[each.old()] : fresh(each, indent, old instanceof SequenceNode));
        }
        out.append(apart);
        return compact ? out.substring(indent.length()) : out.toString();
    }

    private static String fresh(Wanted each, String indent, boolean element) {
        if (!element) {
            return indent + YamlText.scalar(each.key()) + ":"
                    + (isOfMappings(each.value())
                            ? "\n" + elements((Node.Sequence) each.value(), indent)
                            : " " + YamlText.flow(each.value()) + "\n");
        }
        if (each.value() instanceof Node.Mapping mapping
                && mapping.entries().values().stream().anyMatch(YamlEdit::isOfMappings)) {
            StringBuilder lines = new StringBuilder();
            mapping.entries()
                    .forEach((key, value) -> lines.append(fresh(new Wanted(NEW, key, value), indent + "  ", false)));
            return indent + "- " + lines.substring(indent.length() + 2);
        }
        return indent + "- " + YamlText.flow(each.value()) + "\n";
    }

    private static String elements(Node.Sequence list, String indent) {
        StringBuilder lines = new StringBuilder();
        list.elements()
                .forEach(each -> lines.append(indent)
                        .append("  - ")
                        .append(YamlText.flow(each))
                        .append('\n'));
        return lines.toString();
    }

    private static boolean isOfMappings(Node node) {
        return node instanceof Node.Sequence list && list.elements().stream().anyMatch(Node.Mapping.class::isInstance);
    }

    private String edited(Part part, Span chunk, Node next) {
        if (same(part.value(), next)) {
            return cut(chunk.from(), chunk.to());
        }
        if (!isIn(part, chunk)) {
            throw new UnwritableException();
        }
        Span at = span(part.value(), chunk.from());
        return cut(chunk.from(), at.from()) + value(part.value(), at, next) + cut(at.to(), chunk.to());
    }

    /** The lines of each part, with the comments above it; together they are the lines of the whole. */
    private List<Span> chunks(CollectionNode<?> of, int from) {
        List<Span> chunks = new ArrayList<>();
        int begin = from;
        for (Part part : parts(of)) {
            // What an alias names stands elsewhere: it takes one line here.
            int end = isIn(part, new Span(begin, index(of.getEndMark())))
                    ? Math.max(lineEnd(end(part.first())), lineEnd(end(part.value())))
                    : lineEnd(written(begin));
            chunks.add(new Span(begin, end));
            begin = end;
        }
        return chunks;
    }

    private boolean isIn(Part part, Span span) {
        int from = index(part.value().getStartMark());
        return from >= span.from()
                && from <= span.to()
                && from >= index(part.first().getStartMark());
    }

    /** Behind its last character. */
    private int end(org.yaml.snakeyaml.nodes.Node node) {
        if (isBlock(node)) {
            List<Span> chunks = chunks((CollectionNode<?>) node, index(node.getStartMark()));
            return Math.max(
                    index(node.getStartMark()), chunks.get(chunks.size() - 1).to() - 1);
        }
        int start = index(node.getStartMark());
        int end = index(node.getEndMark());
        // A text of several lines ends where the next line begins.
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private Span span(org.yaml.snakeyaml.nodes.Node node, int bound) {
        int start = index(node.getStartMark());
        if (!isBlock(node)) {
            return new Span(start, end(node));
        }
        int from = start;
        if (cut(lineStart(start), start).isBlank()) {
            from = lineStart(start);
            while (from > bound && isNote(lineStart(from - 1), from)) {
                from = lineStart(from - 1);
            }
            from = Math.max(from, Math.min(bound, start));
        }
        return new Span(from, lineEnd(end(node)));
    }

    /** Comments above a part that an empty line keeps apart from it. */
    private String apart(Span chunk) {
        int written = written(chunk.from());
        int apart = chunk.from();
        for (int at = chunk.from(); at < written; at = lineEnd(at)) {
            if (cut(at, lineEnd(at)).isBlank()) {
                apart = lineEnd(at);
            }
        }
        String before = cut(chunk.from(), apart);
        return before.isBlank() ? "" : before;
    }

    /** Where the next line begins that is neither empty nor a comment. */
    private int written(int from) {
        int at = from;
        while (at < text.length() && isNote(at, lineEnd(at))) {
            at = lineEnd(at);
        }
        return at;
    }

    private boolean isNote(int from, int to) {
        String line = cut(from, to).strip();
        return line.isEmpty() || line.startsWith("#");
    }

    // --- in brackets

    private String flow(Span at, List<Part> parts, List<Wanted> wanted) {
        boolean inPlace = wanted.size() >= parts.size();
        for (int i = 0; inPlace && i < parts.size(); i++) {
            inPlace = wanted.get(i).old() == i;
        }
        return inPlace ? spliced(at, parts, wanted) : joined(at, parts, wanted);
    }

    /** Nothing goes or moves: what stands between the parts stays. */
    private String spliced(Span at, List<Part> parts, List<Wanted> wanted) {
        StringBuilder out = new StringBuilder();
        int done = at.from();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (!same(part.value(), wanted.get(i).value())) {
                Span of = inside(part, at);
                out.append(cut(done, of.from()))
                        .append(value(part.value(), of, wanted.get(i).value()));
                done = of.to();
            }
        }
        if (wanted.size() > parts.size()) {
            int behind = parts.isEmpty()
                    ? at.from() + 1
                    : inside(parts.get(parts.size() - 1), at).to();
            out.append(cut(done, behind));
            done = behind;
        }
        for (Wanted each : wanted.subList(parts.size(), wanted.size())) {
            out.append(parts.isEmpty() && each == wanted.get(0) ? "" : ", ").append(fresh(each));
        }
        return out.append(cut(done, at.to())).toString();
    }

    private String joined(Span at, List<Part> parts, List<Wanted> wanted) {
        return wanted.stream()
                .map(each -> {
                    if (each.old() == NEW) {
                        return fresh(each);
                    }
                    Part part = parts.get(each.old());
                    Span of = inside(part, at);
                    return cut(index(part.first().getStartMark()), of.from()) + value(part.value(), of, each.value());
                })
                .collect(Collectors.joining(", ", cut(at.from(), at.from() + 1), cut(at.to() - 1, at.to())));
    }

    private Span inside(Part part, Span at) {
        if (!isIn(part, at)) {
            throw new UnwritableException();
        }
        return span(part.value(), at.from());
    }

    private static String fresh(Wanted each) {
        return (each.key().isEmpty() ? "" : YamlText.scalar(each.key()) + ": ") + YamlText.flow(each.value());
    }

    // --- places

    private static boolean isBlock(org.yaml.snakeyaml.nodes.Node node) {
        return node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() != DumperOptions.FlowStyle.FLOW;
    }

    private String cut(int from, int to) {
        return text.substring(from, Math.max(from, to));
    }

    /** The parser counts characters beyond 16 bits as one. */
    private int index(Mark mark) {
        return wide ? text.offsetByCodePoints(0, mark.getIndex()) : mark.getIndex();
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Behind the line break. */
    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }
}
