package jp.hinomi.city;

import java.util.Map;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlText;

/** A file of a city as YAML text. Stateless. */
final class CityYaml {
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
                                .append(YamlText.scalar(name))
                                .append(": ")
                                .append(YamlText.flow(cell))
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
            text.append(begin).append(YamlText.scalar(each.getKey())).append(':');
            begin = "    ";
            if (each.getValue() instanceof Node.Sequence list
                    && list.elements().stream().anyMatch(Node.Mapping.class::isInstance)) {
                text.append('\n');
                list.elements()
                        .forEach(item -> text.append("      - ")
                                .append(YamlText.flow(item))
                                .append('\n'));
            } else {
                text.append(' ').append(YamlText.flow(each.getValue())).append('\n');
            }
        }
    }
}
