package jp.hinomi.ingest.decode.paloalto;

import java.util.Arrays;

/**
 * A row of comma-separated values as PAN-OS writes it: quotes around a value hide commas, a doubled quote is one, and so do
 * the braces around a list of link switches. A row that was cut inside a value ends with what is left of it. Not
 * thread-safe: one per line.
 */
final class CsvRow {
    /** More columns than any log type has; what is beyond is in {@code event.original}. */
    private static final int MAX_COLUMNS = 256;

    private String[] values = new String[128];
    private int[] starts = new int[128];
    private int count;

    static CsvRow read(String text, int from) {
        CsvRow row = new CsvRow();
        int at = from;
        while (at <= text.length() && row.count < MAX_COLUMNS) {
            at = row.column(text, at) + 1;
        }
        return row;
    }

    int count() {
        return count;
    }

    /** Empty where the row has no such column. */
    String get(int column) {
        return column < count ? values[column] : "";
    }

    /** The index in the text at which a column begins, or at which the row ends. */
    int start(int column) {
        return starts[Math.min(column, count - 1)];
    }

    /** @return the index of the comma behind it, or the text's length */
    private int column(String text, int from) {
        char first = from < text.length() ? text.charAt(from) : ',';
        if (first == '"') {
            return quoted(text, from);
        }
        int search = first == '{' ? Math.max(from, text.indexOf('}', from)) : from;
        int comma = text.indexOf(',', search);
        int end = comma < 0 ? text.length() : comma;
        add(text.substring(from, end), from);
        return end;
    }

    private int quoted(String text, int from) {
        StringBuilder doubled = null;
        int start = from + 1;
        while (true) {
            int quote = text.indexOf('"', start);
            int end = quote < 0 ? text.length() : quote;
            boolean again = quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"';
            if (again || doubled != null) {
                doubled = doubled == null ? new StringBuilder() : doubled;
                doubled.append(text, start, again ? end + 1 : end);
            }
            if (again) {
                start = quote + 2;
                continue;
            }
            add(doubled == null ? text.substring(start, end) : doubled.toString(), from);
            int comma = quote < 0 ? -1 : text.indexOf(',', quote);
            return comma < 0 ? text.length() : comma;
        }
    }

    private void add(String value, int start) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
        }
        values[count] = value;
        starts[count++] = start;
    }
}
