package jp.hinomi.standalone.terminal;

/** Widths of text on a terminal, where East Asian characters take two columns. */
public final class Columns {
    private static final int FIRST_WIDE = 0x1100;

    private Columns() {}

    public static int width(String text) {
        return text.codePoints()
                .map(c -> c < FIRST_WIDE || isNarrowSymbol(c) ? 1 : 2)
                .sum();
    }

    /** Dashes, bullets, arrows and box drawing stand above Hangul but are narrow. */
    private static boolean isNarrowSymbol(int c) {
        return c >= 0x2000 && c < 0x2e80;
    }

    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }
}
