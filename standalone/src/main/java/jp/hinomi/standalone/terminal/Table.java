package jp.hinomi.standalone.terminal;

import java.io.PrintStream;
import java.util.List;

/** Rows of cells, one below the other, columns as wide as they must be. */
public final class Table {
    private Table() {}

    /** @param rows the first is the header; all have as many cells */
    public static void print(List<List<String>> rows, PrintStream out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(i == columns - 1 ? row.get(i) : Columns.padded(row.get(i), widths[i] + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
