package jp.hinomi.ingest.decode.text;

/** Letters A to Z in lower case, and nothing else changed: the text keeps its length, so indexes stay valid. Stateless. */
public final class Ascii {
    private Ascii() {}

    public static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isCapital(text.charAt(i))) {
                char[] letters = text.toCharArray();
                for (int k = i; k < letters.length; k++) {
                    if (isCapital(letters[k])) {
                        letters[k] += 'a' - 'A';
                    }
                }
                return new String(letters);
            }
        }
        return text;
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
