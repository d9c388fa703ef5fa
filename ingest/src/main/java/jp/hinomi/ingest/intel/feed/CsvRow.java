package jp.hinomi.ingest.intel.feed;

import java.util.ArrayList;
import java.util.List;

/** Cells of one line of comma-separated values (RFC 4180), or of one separated by semicolons or tabs. */
final class CsvRow {
    private CsvRow() {}

    /** @throws IllegalArgumentException if a quote is not closed: a cell does not go on in the next line */
    static List<String> cells(String line, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (c == separator) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed: a cell must end in the line in which it begins");
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    /** The separator that the header has most often. */
    static char separator(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }
}
