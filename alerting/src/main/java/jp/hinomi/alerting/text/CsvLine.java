package jp.hinomi.alerting.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A line of a table as CSV (RFC 4180). A value that a spreadsheet would take for a formula begins with an apostrophe: it is
 * shown as text and computes nothing (OWASP, CSV injection). Stateless and thread-safe.
 */
public final class CsvLine {
    /** Begins a file: Excel needs it to read Japanese. */
    public static final String BOM = "\uFEFF";

    /** What begins a formula or a command; full-width forms count in Japanese spreadsheets. */
    private static final String FORMULA = "=+-@|%\t\r＝＋－＠";

    private CsvLine() {}

    /** With its end. */
    public static String of(String... cells) {
        return Arrays.stream(cells).map(CsvLine::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    public static String cell(String value) {
        String harmless =
                !value.isEmpty() && FORMULA.indexOf(value.stripLeading().isEmpty() ? ' ' : first(value)) >= 0
                        ? "'" + value
                        : value;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }

    /** Spaces before a formula do not make it harmless. */
    private static char first(String value) {
        return value.charAt(0) == '\t' || value.charAt(0) == '\r'
                ? value.charAt(0)
                : value.stripLeading().charAt(0);
    }
}
