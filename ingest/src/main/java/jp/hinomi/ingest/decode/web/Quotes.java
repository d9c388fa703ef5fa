package jp.hinomi.ingest.decode.web;

/** Quoted values in access logs: a backslash protects the character after it. */
final class Quotes {
    private Quotes() {}

    /** The index of the quote that ends the value beginning at {@code from}, or -1. */
    static int end(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return at;
            }
            at += c == '\\' ? 2 : 1;
        }
        return -1;
    }
}
