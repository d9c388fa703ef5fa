package jp.hinomi.city;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlReader;

/**
 * A city's tables as CSV, for people who keep them in a spreadsheet. What has several values in a cell stands there as in YAML:
 * {@code [a, b]}. Reading goes through the same strict readers as the YAML files, so that every mistake is named with the row
 * and the cell. Stateless.
 */
public final class CityTables {
    /** Bytes; a table of a large city is some megabytes. */
    private static final int MAX_SIZE = 20 * 1024 * 1024;

    private static final Pattern EXCEL_DATE = Pattern.compile("([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})");
    private static final Pattern EXCEL_TIME = Pattern.compile("([0-9]):([0-9]{2})(:00)?");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./+-]*");
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no");

    private CityTables() {}

    /**
     * Writes one CSV per table. Files of a city that are no tables ({@code city.yaml}, {@code notification.yaml}, formats) stay where
     * they are.
     *
     * @param charset UTF-8 is written with a mark at the beginning, by which spreadsheets know it
     * @return the files written
     * @throws ProblemsException if the city cannot be read
     */
    public static List<Path> write(Path city, Path folder, Charset charset) throws IOException {
        CityReader.read(city, Set.of(), warning -> {});
        Files.createDirectories(folder);
        Map<String, Map<String, Node>> files = new LinkedHashMap<>();
        List<Path> written = new ArrayList<>();
        for (CityTable table : CityTable.ALL) {
            Map<String, Node> sections = files.computeIfAbsent(table.file(), file -> sections(city.resolve(file)));
            List<Map<String, String>> rows = new ArrayList<>();
            if (table.of().isEmpty()) {
                rows(table, "", sections.get(table.key()), rows);
            } else {
                parents(table, sections).forEach((id, list) -> rows(table, id, list, rows));
            }
            if (sections.isEmpty()) {
                continue; // A city need not have schedules.
            }
            Path file = folder.resolve(table.csv());
            String text = CsvText.write(grid(table, rows));
            boolean marked = charset.equals(StandardCharsets.UTF_8);
            Files.write(file, bytes((marked ? "\uFEFF" : "") + text, charset));
            written.add(file);
        }
        return written;
    }

    private static byte[] bytes(String text, Charset charset) throws IOException {
        try {
            ByteBuffer buffer = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IOException("the city has letters that " + charset.name() + " does not have: use UTF-8", e);
        }
    }

    private static Map<String, Node> sections(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        List<Node> documents = YamlReader.read(file, problem -> {});
        return ((Node.Mapping) documents.get(0)).entries();
    }

    /** The lists of an inner table by the id of the entry that has them. */
    private static Map<String, Node> parents(CityTable table, Map<String, Node> sections) {
        CityTable outer = CityTable.ALL.stream()
                .filter(each -> each.name().equals(table.of().orElseThrow()))
                .findFirst()
                .orElseThrow();
        Map<String, Node> lists = new LinkedHashMap<>();
        List<Node> entries = outer.of().isEmpty()
                ? elements(sections.get(outer.key()))
                : parents(outer, sections).values().stream()
                        .flatMap(list -> elements(list).stream())
                        .toList();
        for (Node entry : entries) {
            Node.Mapping mapping = (Node.Mapping) entry;
            if (mapping.has(table.key())) {
                lists.put(((Node.Scalar) mapping.get("id")).text(), mapping.get(table.key()));
            }
        }
        return lists;
    }

    private static List<Node> elements(Node list) {
        return list instanceof Node.Sequence sequence ? sequence.elements() : List.of();
    }

    private static void rows(CityTable table, String parent, Node list, List<Map<String, String>> rows) {
        if (table.isMapping() && list instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> {
                Map<String, String> row = row(table, parent);
                row.put(table.columns().get(0), key);
                if (value instanceof Node.Mapping cells) {
                    flatten("", cells, Set.of(), row);
                } else {
                    row.put(table.columns().get(1), text(value));
                }
                rows.add(row);
            });
            return;
        }
        Set<String> inner = table.inner().stream().map(CityTable::key).collect(Collectors.toSet());
        for (Node entry : elements(list)) {
            Map<String, String> row = row(table, parent);
            flatten("", (Node.Mapping) entry, inner, row);
            rows.add(row);
        }
    }

    private static Map<String, String> row(CityTable table, String parent) {
        Map<String, String> row = new LinkedHashMap<>();
        if (table.of().isPresent()) {
            row.put(table.parent(), parent);
        }
        return row;
    }

    private static void flatten(String prefix, Node.Mapping mapping, Set<String> without, Map<String, String> row) {
        mapping.entries().forEach((key, value) -> {
            if (without.contains(key)) {
                return;
            }
            if (value instanceof Node.Mapping nested && !nested.names().isEmpty()) {
                flatten(prefix + key + ".", nested, Set.of(), row);
            } else {
                row.put(prefix + key, text(value));
            }
        });
    }

    /** A cell: plain text as it is, all else as YAML in one line; so is text that would look like that. */
    private static String text(Node value) {
        if (value instanceof Node.Scalar scalar) {
            String text = scalar.text();
            return text.isEmpty() || "[{\"".indexOf(text.charAt(0)) >= 0 || !text.equals(text.strip())
                    ? quoted(text)
                    : text;
        }
        return flow(value);
    }

    private static List<List<String>> grid(CityTable table, List<Map<String, String>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        if (table.of().isPresent()) {
            columns.add(table.parent());
        }
        columns.addAll(table.columns());
        rows.forEach(row -> columns.addAll(row.keySet()));
        List<List<String>> grid = new ArrayList<>();
        grid.add(List.copyOf(columns));
        rows.forEach(row -> grid.add(
                columns.stream().map(column -> row.getOrDefault(column, "")).toList()));
        return grid;
    }

    /**
     * Reads a city of which some files come as tables: their YAML is as good as replaced.
     *
     * @param city folder with the files that are no tables, and those whose tables are not there
     * @param warnings receives what is odd but usable
     * @return the YAML of each file that came as tables, by its name
     * @throws ProblemsException with every mistake, those of tables with row and cell
     */
    public static Map<String, String> read(Path tables, Path city, Set<String> formats, Consumer<Problem> warnings) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Node> files = new LinkedHashMap<>();
        Map<String, List<CityTable>> byFile = CityTable.ALL.stream()
                .collect(Collectors.groupingBy(CityTable::file, LinkedHashMap::new, Collectors.toList()));
        byFile.forEach((file, all) -> {
            List<CityTable> there = all.stream()
                    .filter(table -> Files.exists(tables.resolve(table.csv())))
                    .toList();
            if (there.isEmpty()) {
                return;
            }
            all.stream()
                    .filter(table -> !there.contains(table))
                    .forEach(table -> problems.add(Problem.error(
                            Location.ofFile(tables.resolve(table.csv()).toString()),
                            "missing-table",
                            "'" + table.csv() + "' is missing, and belongs to " + file,
                            "add it, if need be with its first row alone")));
            files.put(file, new TableReader(tables, problems::add).read(there));
        });
        if (files.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.error(
                    Location.ofFile(tables.toString()),
                    "no-tables",
                    "there is no table in this folder",
                    "name a folder with files such as responsibilities.csv, as 'city export' writes them"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        CityReader.readWithPlaces(city, formats, warnings, files);
        Map<String, String> yaml = new LinkedHashMap<>();
        files.forEach((file, node) -> yaml.put(file, yaml((Node.Mapping) node)));
        return yaml;
    }

    /** Turns the tables of one file into what its YAML would be. */
    private record TableReader(Path folder, Consumer<Problem> problems) {
        Node read(List<CityTable> tables) {
            Map<String, Node> sections = new LinkedHashMap<>();
            Map<String, Location> keys = new LinkedHashMap<>();
            Map<String, Map<String, List<Row>>> inner = new LinkedHashMap<>();
            Map<String, Set<String>> ids = new LinkedHashMap<>();
            Map<String, List<Row>> rows = new LinkedHashMap<>();
            tables.forEach(table -> rows.put(table.name(), rows(table)));
            for (CityTable table : tables) {
                ids.put(
                        table.name(),
                        rows.get(table.name()).stream()
                                .map(row -> row.text("id"))
                                .collect(Collectors.toSet()));
                if (table.of().isPresent()) {
                    Map<String, List<Row>> byParent = new LinkedHashMap<>();
                    for (Row row : rows.get(table.name())) {
                        String parent = row.text(table.parent());
                        if (!ids.getOrDefault(table.of().get(), Set.of()).contains(parent)) {
                            problems.accept(Problem.error(
                                    row.at(table.parent()),
                                    "unknown-row",
                                    "no row of " + table.of().get() + ".csv has the id '" + parent + "'",
                                    "correct the column '" + table.parent() + "', or add that row"));
                        }
                        byParent.computeIfAbsent(parent, any -> new ArrayList<>())
                                .add(row.without(table.parent()));
                    }
                    inner.put(table.name(), byParent);
                }
            }
            for (CityTable table : tables) {
                if (table.of().isEmpty()) {
                    Location at = new Location(folder.resolve(table.csv()).toString(), 1, 1);
                    sections.put(table.key(), node(table, rows.get(table.name()), inner, at));
                    keys.put(table.key(), at);
                }
            }
            return new Node.Mapping(
                    Location.ofFile(folder.resolve(tables.get(0).csv()).toString()), sections, keys);
        }

        private Node node(CityTable table, List<Row> rows, Map<String, Map<String, List<Row>>> inner, Location at) {
            if (table.isMapping()) {
                Map<String, Node> entries = new LinkedHashMap<>();
                Map<String, Location> keys = new LinkedHashMap<>();
                String key = table.columns().get(0);
                for (Row row : rows) {
                    Location place = row.at(key);
                    Row rest = row.without(key);
                    Node value = table.name().equals("holidays")
                            ? rest.cells().getOrDefault("name", new Node.Scalar(place, "", "", place))
                            : rest.mapping(List.of());
                    if (entries.put(row.text(key), value) != null) {
                        problems.accept(Problem.error(
                                place,
                                "duplicate-key",
                                "the key '" + row.text(key) + "' stands twice, first in line "
                                        + keys.get(row.text(key)).line(),
                                "remove one of the two"));
                    }
                    keys.putIfAbsent(row.text(key), place);
                }
                return new Node.Mapping(at, entries, keys);
            }
            List<Node> elements = new ArrayList<>();
            for (Row row : rows) {
                List<Map.Entry<String, Node>> lists = new ArrayList<>();
                for (CityTable below : table.inner()) {
                    List<Row> own = inner.getOrDefault(below.name(), Map.of()).getOrDefault(row.text("id"), List.of());
                    lists.add(Map.entry(below.key(), node(below, own, inner, row.at("id"))));
                }
                elements.add(row.mapping(lists));
            }
            return new Node.Sequence(at, elements);
        }

        private List<Row> rows(CityTable table) {
            Path file = folder.resolve(table.csv());
            String name = file.toString();
            String text;
            try {
                if (Files.size(file) > MAX_SIZE) {
                    problems.accept(Problem.error(
                            Location.ofFile(name), "too-large", "the table is larger than 20 MiB", "split the city"));
                    return List.of();
                }
                text = CsvText.decode(Files.readAllBytes(file)).orElse(null);
            } catch (IOException e) {
                problems.accept(Problem.error(
                        Location.ofFile(name),
                        "unreadable",
                        "cannot read the file: " + e.getMessage(),
                        "check that it exists and may be read"));
                return List.of();
            }
            if (text == null) {
                problems.accept(Problem.error(
                        Location.ofFile(name),
                        "bad-charset",
                        "the table is neither UTF-8 nor Shift_JIS",
                        "save it as 'CSV UTF-8'"));
                return List.of();
            }
            List<List<CsvText.Cell>> grid = CsvText.read(name, text, problems);
            if (grid.isEmpty()) {
                problems.accept(Problem.error(
                        Location.ofFile(name),
                        "no-columns",
                        "the table has no first row",
                        "write the names of the columns"));
                return List.of();
            }
            List<CsvText.Cell> header = grid.get(0);
            List<Row> rows = new ArrayList<>();
            for (List<CsvText.Cell> cells : grid.subList(1, grid.size())) {
                Map<String, Node> row = new LinkedHashMap<>();
                for (int i = 0; i < cells.size(); i++) {
                    CsvText.Cell cell = cells.get(i);
                    if (cell.text().isEmpty()) {
                        continue;
                    }
                    Location at = new Location(name, cell.line(), cell.column());
                    if (i >= header.size() || header.get(i).text().isBlank()) {
                        problems.accept(Problem.error(
                                at,
                                "no-column",
                                "this cell stands under no column",
                                "name the column in the first row"));
                    } else {
                        row.put(header.get(i).text().strip(), value(cell.text(), at));
                    }
                }
                rows.add(new Row(new Location(name, cells.get(0).line(), 1), row));
            }
            return rows;
        }

        private Node value(String text, Location at) {
            if ("[{\"".indexOf(text.charAt(0)) < 0) {
                String usual = usual(text.strip());
                return new Node.Scalar(at, usual, usual, at);
            }
            int[] errors = {0};
            List<Node> documents = YamlReader.read(at.file(), text, problem -> {
                errors[0]++;
                problems.accept(Problem.error(at, problem.code(), problem.message(), problem.remedy()));
            });
            return errors[0] > 0 || documents.isEmpty()
                    ? new Node.Scalar(at, text, text, at)
                    : moved(documents.get(0), at);
        }

        /** Dates and times as a spreadsheet writes them back, though it was given them otherwise. */
        private static String usual(String text) {
            var date = EXCEL_DATE.matcher(text);
            if (date.matches()) {
                return date.group(1) + "-" + twoDigits(date.group(2)) + "-" + twoDigits(date.group(3));
            }
            var time = EXCEL_TIME.matcher(text);
            return time.matches() ? "0" + time.group(1) + ":" + time.group(2) : text;
        }

        private static String twoDigits(String number) {
            return number.length() == 1 ? "0" + number : number;
        }

        private static Node moved(Node node, Location at) {
            if (node instanceof Node.Sequence list) {
                return new Node.Sequence(
                        at,
                        list.elements().stream().map(each -> moved(each, at)).toList());
            }
            if (node instanceof Node.Mapping mapping) {
                Map<String, Node> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, moved(value, at)));
                return new Node.Mapping(at, entries, Map.of());
            }
            Node.Scalar scalar = (Node.Scalar) node;
            return new Node.Scalar(at, scalar.value(), scalar.text(), at);
        }
    }

    /** @param cells by column; empty ones are missing */
    private record Row(Location at, Map<String, Node> cells) {
        String text(String column) {
            return cells.get(column) instanceof Node.Scalar scalar ? scalar.text() : "";
        }

        Location at(String column) {
            return cells.containsKey(column) ? cells.get(column).at() : at;
        }

        Row without(String column) {
            Map<String, Node> rest = new LinkedHashMap<>(cells);
            rest.remove(column);
            return new Row(at, rest);
        }

        /** Columns such as {@code name.ja} are keys of a mapping {@code name}. */
        Node.Mapping mapping(List<Map.Entry<String, Node>> more) {
            Map<String, Object> tree = new LinkedHashMap<>();
            cells.forEach((column, value) -> put(tree, column.split("\\.", -1), 0, value));
            more.forEach(each -> tree.put(each.getKey(), each.getValue()));
            return mapping(tree);
        }

        @SuppressWarnings("unchecked")
        private static void put(Map<String, Object> tree, String[] path, int depth, Node value) {
            if (depth == path.length - 1 || tree.get(path[depth]) instanceof Node) {
                tree.put(path[depth], value);
            } else {
                put(
                        (Map<String, Object>)
                                tree.computeIfAbsent(path[depth], any -> new LinkedHashMap<String, Object>()),
                        path,
                        depth + 1,
                        value);
            }
        }

        @SuppressWarnings("unchecked")
        private Node.Mapping mapping(Map<String, Object> tree) {
            Map<String, Node> entries = new LinkedHashMap<>();
            Map<String, Location> keys = new LinkedHashMap<>();
            tree.forEach((key, value) -> {
                Node node = value instanceof Node known ? known : mapping((Map<String, Object>) value);
                entries.put(key, node);
                keys.put(key, node.at());
            });
            return new Node.Mapping(at, entries, keys);
        }
    }

    /** As YAML: entries as blocks, what is in them in one line each. */
    private static String yaml(Node.Mapping file) {
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

    private static String flow(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar(scalar.text());
        }
        if (node instanceof Node.Sequence list) {
            return list.elements().stream().map(CityTables::flow).collect(Collectors.joining(", ", "[", "]"));
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

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
