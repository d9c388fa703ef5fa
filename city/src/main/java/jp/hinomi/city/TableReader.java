package jp.hinomi.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;

/**
 * Turns the tables of one file into what its YAML would be, every part with the row and the cell it came from. Stateless.
 *
 * @param folder where the tables are
 * @param problems receives what cannot be read
 */
record TableReader(Path folder, Consumer<Problem> problems) {
    /** Bytes; a table of a large city is some megabytes. */
    private static final int MAX_SIZE = 20 * 1024 * 1024;

    private static final Pattern EXCEL_DATE = Pattern.compile("([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})");
    private static final Pattern EXCEL_TIME = Pattern.compile("([0-9]):([0-9]{2})(:00)?");

    Node read(List<CityTable> tables) {
        Map<String, Node> sections = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        Map<String, Map<String, List<TableRow>>> inner = new LinkedHashMap<>();
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        Map<String, List<TableRow>> rows = new LinkedHashMap<>();
        tables.forEach(table -> rows.put(table.name(), rows(table)));
        for (CityTable table : tables) {
            ids.put(
                    table.name(),
                    rows.get(table.name()).stream().map(row -> row.text("id")).collect(Collectors.toSet()));
            if (table.of().isPresent()) {
                Map<String, List<TableRow>> byParent = new LinkedHashMap<>();
                for (TableRow row : rows.get(table.name())) {
                    String parent = row.text(table.parent());
                    if (!ids.getOrDefault(table.of().get(), Set.of()).contains(parent)) {
                        problems.accept(Problem.error(
                                row.at(table.parent()),
                                "unknown-row",
                                "no row of " + table.of().get() + ".csv has the id '" + parent + "'",
                                "correct the column '" + table.parent() + "', or add that row"));
                    }
                    byParent.computeIfAbsent(parent, any -> new ArrayList<>()).add(row.without(table.parent()));
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

    private Node node(
            CityTable table, List<TableRow> rows, Map<String, Map<String, List<TableRow>>> inner, Location at) {
        if (table.isMapping()) {
            Map<String, Node> entries = new LinkedHashMap<>();
            Map<String, Location> keys = new LinkedHashMap<>();
            String key = table.columns().get(0);
            for (TableRow row : rows) {
                Location place = row.at(key);
                TableRow rest = row.without(key);
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
        for (TableRow row : rows) {
            List<Map.Entry<String, Node>> lists = new ArrayList<>();
            for (CityTable below : table.inner()) {
                List<TableRow> own = inner.getOrDefault(below.name(), Map.of()).getOrDefault(row.text("id"), List.of());
                lists.add(Map.entry(below.key(), node(below, own, inner, row.at("id"))));
            }
            elements.add(row.mapping(lists));
        }
        return new Node.Sequence(at, elements);
    }

    private List<TableRow> rows(CityTable table) {
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
        List<TableRow> rows = new ArrayList<>();
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
                            at, "no-column", "this cell stands under no column", "name the column in the first row"));
                } else {
                    row.put(header.get(i).text().strip(), value(cell.text(), at));
                }
            }
            rows.add(new TableRow(new Location(name, cells.get(0).line(), 1), row));
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
        return errors[0] > 0 || documents.isEmpty() ? new Node.Scalar(at, text, text, at) : moved(documents.get(0), at);
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
                    at, list.elements().stream().map(each -> moved(each, at)).toList());
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
