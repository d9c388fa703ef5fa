package jp.hinomi.rules.detection;

/**
 * How text is compared when case does not matter: each character becomes {@code toLowerCase(toUpperCase(c))}, without any
 * locale, so that {@code İ ı K ſ} compare the same everywhere. A text keeps its length.
 */
public final class Folding {
    private static final char[] ASCII = new char[128];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = Character.toLowerCase(Character.toUpperCase(c));
        }
    }

    /** No ASCII characters, but they fold to such: the dotted capital i, the dotless i, the long s, the Kelvin sign. */
    private static final char[] FOREIGN = foreign();

    private Folding() {}

    private static char[] foreign() {
        StringBuilder foreign = new StringBuilder();
        for (int c = ASCII.length; c <= Character.MAX_VALUE; c++) {
            if (fold((char) c) < ASCII.length) {
                foreign.append((char) c);
            }
        }
        return foreign.toString().toCharArray();
    }

    /** Whether a character that is not ASCII folds to one that is. Costs nothing where all characters are below U+0100. */
    public static boolean hasForeignAscii(String text) {
        for (char c : FOREIGN) {
            if (text.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    public static char fold(char c) {
        return c < ASCII.length ? ASCII[c] : Character.toLowerCase(Character.toUpperCase(c));
    }

    public static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (fold(text.charAt(i)) != text.charAt(i)) {
                char[] folded = text.toCharArray();
                for (int j = i; j < folded.length; j++) {
                    folded[j] = fold(folded[j]);
                }
                return new String(folded);
            }
        }
        return text;
    }

    /** True if {@code literal} stands in {@code text} at {@code from}; folds both unless {@code cased}. */
    public static boolean standsAt(String text, int from, String literal, boolean cased) {
        int length = literal.length();
        if (from < 0 || from + length > text.length()) {
            return false;
        }
        if (cased) {
            return text.startsWith(literal, from);
        }
        for (int i = 0; i < length; i++) {
            char a = text.charAt(from + i);
            char b = literal.charAt(i);
            if (a != b && fold(a) != fold(b)) {
                return false;
            }
        }
        return true;
    }
}
