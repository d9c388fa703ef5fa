package jp.hinomi.city;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;

/**
 * Comma-separated text (RFC 4180) as spreadsheets read and write it. A cell that a spreadsheet would take for a formula is
 * written with an apostrophe before it, which reading takes off again. Stateless.
 */
final class CsvText {
    /** As Windows means it. */
    static final Charset SHIFT_JIS = Charset.forName("windows-31j");

    private static final String FORMULA = "=+-@\t\r'";

    private CsvText() {}

    /** @param column of the cell, counted from 1; cells, not letters */
    record Cell(String text, int line, int column) {}

    static String write(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : ",").append(cell(row.get(i)));
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    private static String cell(String value) {
        String safe = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && safe.equals(safe.strip());
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** The text of UTF-8 with or without a mark at its beginning, else of Shift_JIS as Windows writes it; empty if it is neither. */
    static Optional<String> decode(byte[] bytes) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, SHIFT_JIS)) {
            try {
                String text =
                        charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
            } catch (CharacterCodingException e) {
                // then the next
            }
        }
        return Optional.empty();
    }

    /** The rows that are not blank; what is no CSV is reported with its line and cell. */
    static List<List<Cell>> read(String file, String text, Consumer<Problem> problems) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Cell> row = new ArrayList<>();
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            StringBuilder value = new StringBuilder();
            int begin = line;
            if (text.charAt(at) == '"') {
                int quote = at++;
                while (at < text.length() && (text.charAt(at) != '"' || text.startsWith("\"\"", at))) {
                    line += text.charAt(at) == '\n' ? 1 : 0;
                    at += text.charAt(at) == '"' ? 1 : 0;
                    value.append(text.charAt(at++));
                }
                if (at++ >= text.length() || at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                    problems.accept(Problem.error(
                            new Location(file, begin, row.size() + 1),
                            "bad-csv",
                            at > text.length() ? "a quote is not closed" : "after the closing quote something follows",
                            "write a quote inside a quoted cell twice"));
                    return rows;
                }
            } else {
                while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                    value.append(text.charAt(at++));
                }
            }
            row.add(new Cell(plain(value.toString()), begin, row.size() + 1));
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                if (at == text.length()) {
                    row.add(new Cell("", line, row.size() + 1));
                }
                continue;
            }
            if (text.startsWith("\r\n", at)) {
                at++;
            }
            at++;
            line++;
            add(rows, row);
            row = new ArrayList<>();
        }
        add(rows, row);
        return rows;
    }

    private static void add(List<List<Cell>> rows, List<Cell> row) {
        if (row.stream().anyMatch(cell -> !cell.text().isBlank())) {
            rows.add(row);
        }
    }

    private static String plain(String value) {
        return value.startsWith("'") ? value.substring(1) : value;
    }
}
