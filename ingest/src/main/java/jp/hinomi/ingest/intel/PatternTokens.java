package jp.hinomi.ingest.intel;

import java.util.ArrayList;
import java.util.List;

/** The words of a STIX pattern (STIX 2.1, section 9). Linear in the length of the text. */
final class PatternTokens {
    enum Kind {
        /** Keywords, types of objects, properties: letters, digits, {@code _} and {@code -}. */
        WORD,
        /** Between quotes, escapes undone. */
        STRING,
        NUMBER,
        /** {@code t'…'} */
        TIME,
        SYMBOL,
        END
    }

    /**
     * @param text of strings without quotes
     * @param at where it begins
     */
    record Token(Kind kind, String text, int at) {
        boolean is(String symbolOrWord) {
            return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbolOrWord);
        }
    }

    private static final List<String> SYMBOLS =
            List.of("!=", "<>", "<=", ">=", "==", "=", "<", ">", "[", "]", "(", ")", ":", ".", ",", "*");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private PatternTokens(String text) {
        this.text = text;
    }

    /** All of them, the last of kind {@link Kind#END}. */
    static List<Token> of(String text) {
        PatternTokens reader = new PatternTokens(text);
        reader.read();
        return reader.tokens;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0xA0 || c == 0xFEFF) {
                at++;
            } else if (c == '\'') {
                string(Kind.STRING, at);
            } else if (isWord(c) && !isDigit(c) && c != '-') {
                word();
            } else if (isDigit(c) || (c == '-' || c == '+') && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
                number();
            } else {
                symbol();
            }
        }
        tokens.add(new Token(Kind.END, "the end", text.length()));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '-';
    }

    private void word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (at < text.length() && text.charAt(at) == '\'') {
            switch (word) {
                case "t" -> string(Kind.TIME, start);
                case "b", "h" ->
                    throw new PatternException(
                            start,
                            "binary values (" + word + "'…') are not compared: no field of an event holds bytes");
                default ->
                    throw new PatternException(at, "a quote right behind '" + word + "': put an operator between");
            }
        } else {
            tokens.add(new Token(Kind.WORD, word, start));
        }
    }

    private void string(Kind kind, int start) {
        StringBuilder value = new StringBuilder();
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '\'') {
            if (text.charAt(i) == '\\') {
                i++;
                if (i < text.length() && text.charAt(i) != '\'' && text.charAt(i) != '\\') {
                    throw new PatternException(i, "only \\' and \\\\ are escapes in a text: double the backslash");
                }
            }
            if (i < text.length()) {
                value.append(text.charAt(i++));
            }
        }
        if (i >= text.length()) {
            throw new PatternException(start, "the quote is not closed");
        }
        at = i + 1;
        tokens.add(new Token(kind, value.toString(), start));
    }

    private void number() {
        int start = at++;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        tokens.add(new Token(Kind.NUMBER, text.substring(start, at), start));
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                tokens.add(new Token(Kind.SYMBOL, symbol, at));
                at += symbol.length();
                return;
            }
        }
        throw new PatternException(at, "'" + text.charAt(at) + "' has no meaning here: texts stand in single quotes");
    }
}
