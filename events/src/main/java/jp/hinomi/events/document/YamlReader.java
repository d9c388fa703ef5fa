package jp.hinomi.events.document;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into {@link Node}s, several documents per file, with the place of every part. Scalars follow the YAML 1.2
 * core schema: {@code yes}, {@code on} and {@code 0777} are text and number as they look, dates stay text. Duplicate keys,
 * alias bombs, custom tags and text that is not UTF-8 are errors. Stateless and thread-safe.
 */
public final class YamlReader {
    /** Code points; a rule or city file is a few kilobytes. */
    private static final int MAX_SIZE = 20 * 1024 * 1024;

    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 60;
    private static final int MAX_NODES = 1_000_000;

    /** How the parser names the bounds that it was given. */
    private static final List<String> BOUNDS =
            List.of("Number of aliases", "Nesting Depth exceeded", "incoming YAML document exceeds");

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,15}");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private YamlReader() {}

    /** All documents of the file; problems go to {@code problems}, and a file with errors gives what could be read. */
    public static List<Node> read(Path file, Consumer<Problem> problems) {
        String name = file.toString();
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read(name, text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
        } catch (CharacterCodingException e) {
            problems.accept(
                    Problem.error(Location.ofFile(name), "not-utf8", "the file is not UTF-8", "save it as UTF-8"));
        } catch (IOException e) {
            problems.accept(Problem.error(
                    Location.ofFile(name),
                    "unreadable",
                    "cannot read the file: " + e.getMessage(),
                    "check that it exists and may be read"));
        }
        return List.of();
    }

    /** All documents in the text. {@code file} is only used for places. */
    public static List<Node> read(String file, String text, Consumer<Problem> problems) {
        LoaderOptions options = options();
        List<Node> documents = new ArrayList<>();
        try {
            for (org.yaml.snakeyaml.nodes.Node root :
                    new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
                if (root != null) {
                    documents.add(new Converter(file, problems).convert(root));
                }
            }
        } catch (TooLargeException e) {
            problems.accept(
                    Problem.error(Location.ofFile(file), "yaml-too-large", e.getMessage(), "do not nest aliases"));
        } catch (MarkedYAMLException e) {
            Location at = e.getProblemMark() == null
                    ? Location.ofFile(file)
                    : new Location(
                            file,
                            e.getProblemMark().getLine() + 1,
                            e.getProblemMark().getColumn() + 1);
            problems.accept(Problem.error(
                    at,
                    "yaml-syntax",
                    "not YAML: " + e.getProblem() + (e.getContext() == null ? "" : " (" + e.getContext() + ")"),
                    "check the indentation and the quotes around this place"));
        } catch (YAMLException e) {
            boolean tooLarge = BOUNDS.stream().anyMatch(String.valueOf(e.getMessage())::contains);
            problems.accept(
                    tooLarge
                            ? Problem.error(
                                    Location.ofFile(file),
                                    "yaml-too-large",
                                    "the document goes beyond what is read: " + e.getMessage(),
                                    "write it with fewer aliases and levels, or in several files")
                            : Problem.error(
                                    Location.ofFile(file),
                                    "yaml-syntax",
                                    "not YAML: " + e.getMessage(),
                                    "check the file"));
        }
        return documents;
    }

    static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_SIZE);
        return options;
    }

    /**
     * What people noted in a text, comment by comment without the {@code #}, in the order written; none in what is no YAML. A
     * comment of several lines is several.
     */
    public static List<String> comments(String text) {
        LoaderOptions options = options();
        options.setProcessComments(true);
        List<String> comments = new ArrayList<>();
        try {
            for (Event event : new Yaml(new SafeConstructor(options)).parse(new StringReader(text))) {
                if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                    comments.add(comment.getValue().strip());
                }
            }
        } catch (YAMLException e) {
            return List.of();
        }
        return comments;
    }

    /** Alias bombs of scalars and small collections unfold when converted, so the conversion counts. */
    private static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLargeException(String message) {
            super(message);
        }
    }

    private static final class Converter {
        private final String file;
        private final Consumer<Problem> problems;
        private int nodes;

        Converter(String file, Consumer<Problem> problems) {
            this.file = file;
            this.problems = problems;
        }

        Node convert(org.yaml.snakeyaml.nodes.Node node) {
            return convert(node, 0);
        }

        private Node convert(org.yaml.snakeyaml.nodes.Node node, int depth) {
            if (++nodes > MAX_NODES) {
                throw new TooLargeException("the document unfolds to more than " + MAX_NODES + " parts");
            }
            if (depth > MAX_DEPTH) {
                throw new TooLargeException("the document unfolds to more than " + MAX_DEPTH
                        + " levels, or an alias stands inside what it names");
            }
            Location at = at(node);
            refuseTag(node, at);
            if (node instanceof MappingNode mapping) {
                Map<String, Node> entries = new LinkedHashMap<>();
                Map<String, Location> keys = new HashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        problems.accept(Problem.error(
                                at(tuple.getKeyNode()), "yaml-key", "a key that is not text", "write a plain name"));
                        continue;
                    }
                    if (entries.containsKey(key.getValue())) {
                        problems.accept(Problem.error(
                                at(key),
                                "duplicate-key",
                                "the key '" + key.getValue() + "' stands twice, first in line "
                                        + keys.get(key.getValue()).line(),
                                "remove one of the two"));
                        continue;
                    }
                    entries.put(key.getValue(), convert(tuple.getValueNode(), depth + 1));
                    keys.put(key.getValue(), at(key));
                }
                return new Node.Mapping(at, entries, keys);
            }
            if (node instanceof SequenceNode sequence) {
                List<Node> elements = new ArrayList<>();
                for (org.yaml.snakeyaml.nodes.Node element : sequence.getValue()) {
                    elements.add(convert(element, depth + 1));
                }
                return new Node.Sequence(at, elements);
            }
            ScalarNode scalar = (ScalarNode) node;
            return new Node.Scalar(at, value(scalar), scalar.getValue(), textAt(scalar, at));
        }

        /** Read as plain text, such a value would mean something else than its author meant. */
        private void refuseTag(org.yaml.snakeyaml.nodes.Node node, Location at) {
            String tag = node.getTag().getValue();
            if (tag.startsWith("!") || node.getTag().equals(Tag.BINARY)) {
                problems.accept(Problem.error(
                        at,
                        "yaml-tag",
                        "the tag '" + tag.replace(Tag.PREFIX, "!!") + "' has no meaning here",
                        "remove it, or put the text in quotes if it begins with '!'"));
            }
        }

        private static Location textAt(ScalarNode scalar, Location at) {
            return switch (scalar.getScalarStyle()) {
                case LITERAL, FOLDED -> new Location(at.file(), at.line() + 1, 0);
                case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> {
                    int quote = scalar.isPlain() ? 0 : 1;
                    boolean oneLine = scalar.getStartMark().getLine()
                            == scalar.getEndMark().getLine();
                    yield new Location(at.file(), at.line(), oneLine ? at.column() + quote : 0);
                }
            };
        }

        private Location at(org.yaml.snakeyaml.nodes.Node node) {
            return new Location(
                    file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
        }

        private static Object value(ScalarNode scalar) {
            String text = scalar.getValue();
            if (!scalar.isPlain()) {
                return text;
            }
            switch (text) {
                case "", "~", "null", "Null", "NULL":
                    return null;
                case "true", "True", "TRUE":
                    return Boolean.TRUE;
                case "false", "False", "FALSE":
                    return Boolean.FALSE;
                default:
                    break;
            }
            if (INTEGER.matcher(text).matches()) {
                return whole(text);
            }
            if (HEX.matcher(text).matches()) {
                return Long.parseLong(text.substring(2), 16);
            }
            if (FLOAT.matcher(text).matches()) {
                double number = Double.parseDouble(text);
                return Double.isFinite(number) ? (Object) number : text;
            }
            return text;
        }

        /** What is too long for a number stays as it is written: rounded, it would be equal to other numbers, and not to itself. */
        private static Object whole(String digits) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                return digits;
            }
        }
    }
}
