package jp.hinomi.city;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;

/** A file of a city as YAML text. Stateless. */
final class CityYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./+-]*");
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no");

    private CityYaml() {}

    /** Entries as blocks, what is in them in one line each. */
    static String of(Node.Mapping file) {
        StringBuilder text = new StringBuilder();
        file.entries().forEach((key, value) -> {
            text.append(key).append(':');
            if (value instanceof Node.Sequence list && !list.elements().isEmpty()) {
                text.append('\n');
                list.elements().forEach(each -> entry((Node.Mapping) each, text));
            } else if (value instanceof Node.Mapping mapping && !mapping.names().isEmpty()) {
                text.append('\n');
                mapping.entries()
                        .forEach((name, cell) -> text.append("  ")
                                .append(scalar(name))
                                .append(": ")
                                .append(flow(cell))
                                .append('\n'));
            } else {
                text.append(" []\n");
            }
        });
        return text.toString();
    }

    private static void entry(Node.Mapping entry, StringBuilder text) {
        String begin = "  - ";
        for (Map.Entry<String, Node> each : entry.entries().entrySet()) {
            text.append(begin).append(scalar(each.getKey())).append(':');
            begin = "    ";
            if (each.getValue() instanceof Node.Sequence list
                    && list.elements().stream().anyMatch(Node.Mapping.class::isInstance)) {
                text.append('\n');
                list.elements()
                        .forEach(item ->
                                text.append("      - ").append(flow(item)).append('\n'));
            } else {
                text.append(' ').append(flow(each.getValue())).append('\n');
            }
        }
    }

    /**
     * The text of a file with another entry in the place of one, and every other line as it was.
     *
     * @param at where the old one begins
     * @return empty if it is not written as a block; what comes out is to be read again, as comments inside may be in the way
     */
    static Optional<String> inPlace(String text, Location at, Node.Mapping next) {
        List<String> lines = text.lines().toList();
        int first = at.line() - 1;
        int column = at.column() - 1;
        if (first < 0
                || first >= lines.size()
                || column < 0
                || column >= lines.get(first).length()
                || lines.get(first).charAt(column) == '{') {
            return Optional.empty();
        }
        int end = first + 1;
        int last = end;
        while (end < lines.size() && (isEmpty(lines.get(end)) || indent(lines.get(end)) >= column)) {
            end++;
            if (!isEmpty(lines.get(end - 1))) {
                last = end;
            }
        }
        StringBuilder changed = new StringBuilder();
        lines.subList(0, first).forEach(line -> changed.append(line).append('\n'));
        changed.append(lines.get(first), 0, column).append(block(next, " ".repeat(column)));
        lines.subList(last, lines.size()).forEach(line -> changed.append(line).append('\n'));
        return Optional.of(changed.toString());
    }

    /** Nothing, or a note. */
    private static boolean isEmpty(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String block(Node.Mapping entry, String indent) {
        StringBuilder text = new StringBuilder();
        entry.entries().forEach((key, value) -> {
            text.append(text.isEmpty() ? "" : indent).append(scalar(key)).append(':');
            if (value instanceof Node.Sequence list
                    && list.elements().stream().anyMatch(Node.Mapping.class::isInstance)) {
                text.append('\n');
                list.elements()
                        .forEach(item -> text.append(indent)
                                .append("  - ")
                                .append(flow(item))
                                .append('\n'));
            } else {
                text.append(' ').append(flow(value)).append('\n');
            }
        });
        return text.toString();
    }

    static String flow(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar(scalar.text());
        }
        if (node instanceof Node.Sequence list) {
            return list.elements().stream().map(CityYaml::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((Node.Mapping) node)
                .entries().entrySet().stream()
                        .map(each -> scalar(each.getKey()) + ": " + flow(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
                ? text
                : quoted(text);
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
