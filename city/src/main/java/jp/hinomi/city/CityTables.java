package jp.hinomi.city;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.events.document.YamlText;

/**
 * A city's tables as CSV, for people who keep them in a spreadsheet. What has several values in a cell stands there as in YAML:
 * {@code [a, b]}. Reading goes through the same strict readers as the YAML files, so that every mistake is named with the row
 * and the cell. Stateless.
 */
public final class CityTables {

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
            Files.write(file, bytes(table, (marked ? "\uFEFF" : "") + text, charset));
            written.add(file);
        }
        return written;
    }

    /** Shift_JIS is what Windows means by it: with ㈱ and ①, as spreadsheets there write and read. */
    private static byte[] bytes(CityTable table, String text, Charset charset) {
        CharsetEncoder encoder = (charset.name().equals("Shift_JIS") ? CsvText.SHIFT_JIS : charset).newEncoder();
        try {
            ByteBuffer buffer = encoder.encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            int unknown = text.codePoints()
                    .filter(letter -> !encoder.reset().canEncode(Character.toString(letter)))
                    .findFirst()
                    .orElse('?');
            String before = text.substring(0, text.indexOf(Character.toString(unknown)));
            throw new ProblemsException(
                    List.of(
                            Problem.error(
                                    new Location(
                                            table.csv(),
                                            1
                                                    + (int) before.chars()
                                                            .filter(c -> c == '\n')
                                                            .count(),
                                            0),
                                    "unknown-letter",
                                    String.format(
                                            "%s has no letter '%s' (U+%04X)",
                                            charset.name(), Character.toString(unknown), unknown),
                                    "export as UTF-8, which has every letter and which spreadsheets read too, or write another letter")));
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
                    ? YamlText.quoted(text)
                    : text;
        }
        return YamlText.flow(value);
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
        unknown(tables, problems);
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
        files.forEach((file, node) -> yaml.put(file, CityYaml.of((Node.Mapping) node)));
        return yaml;
    }

    /** A table whose name is misspelt would be left out in silence, and what it says with it. */
    private static void unknown(Path tables, List<Problem> problems) {
        List<String> known = CityTable.ALL.stream().map(CityTable::csv).toList();
        try (Stream<Path> all = Files.list(tables)) {
            all.map(file -> file.getFileName().toString())
                    .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".csv") && !known.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(Problem.error(
                            Location.ofFile(tables.resolve(name).toString()),
                            "unknown-table",
                            "'" + name + "' is no table of a city",
                            Suggestion.remedy(name, known))));
        } catch (IOException e) {
            problems.add(Problem.error(
                    Location.ofFile(tables.toString()),
                    "unreadable",
                    "cannot list the folder: " + e.getMessage(),
                    "check its name and its permissions"));
        }
    }
}
