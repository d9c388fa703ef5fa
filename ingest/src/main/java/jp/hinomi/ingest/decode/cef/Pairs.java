package jp.hinomi.ingest.decode.cef;

import java.util.LinkedHashMap;
import java.util.Map;

/** The pairs {@code key=value} behind an envelope. Reads each character once. Stateless. */
final class Pairs {
    /** More than any product sends; what is beyond stays in the last value. */
    private static final int MAX = 500;

    /** For as many pairs as most records have. */
    private static final int ROOM = 64;

    private static final int MAX_KEY = 64;

    private Pairs() {}

    /**
     * As CEF has them: separated by a space, with spaces in values, so a value ends before the next word that an equals sign
     * follows; a backslash protects an equals sign and itself, and {@code \n} is a line's end.
     */
    static Map<String, String> spaced(String text, int from) {
        Map<String, String> pairs = new LinkedHashMap<>(ROOM);
        String key = null;
        int valueStart = from;
        int word = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ' ' || c == '\t') {
                word = i + 1;
            } else if (c == '=' && (key == null || word > valueStart) && isKey(text, word, i) && pairs.size() < MAX) {
                if (key != null) {
                    put(pairs, key, unescaped(text, valueStart, word - 1));
                }
                key = text.substring(word, i);
                valueStart = i + 1;
                word = valueStart;
            }
        }
        if (key != null) {
            put(pairs, key, unescaped(text, valueStart, text.length()));
        }
        return pairs;
    }

    /** As LEEF has them: separated by one character that no value has. */
    static Map<String, String> delimited(String text, int from, char delimiter) {
        Map<String, String> pairs = new LinkedHashMap<>(ROOM);
        int at = from;
        int equals = -1;
        while (at < text.length() && pairs.size() < MAX) {
            int end = text.indexOf(delimiter, at);
            end = end < 0 ? text.length() : end;
            if (equals < at) {
                equals = text.indexOf('=', at);
                if (equals < 0) {
                    return pairs;
                }
            }
            if (equals > at && equals < end && equals - at <= MAX_KEY) {
                put(
                        pairs,
                        text.substring(at, equals).strip(),
                        text.substring(equals + 1, end).strip());
            }
            at = end + 1;
        }
        return pairs;
    }

    private static void put(Map<String, String> pairs, String key, String value) {
        if (!value.isEmpty() && !key.isEmpty()) {
            pairs.putIfAbsent(key, value);
        }
    }

    private static boolean isKey(String text, int from, int to) {
        if (to <= from || to - from > MAX_KEY) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '_' && c != '-' && c != '.' && c != '[' && c != ']') {
                return false;
            }
        }
        return true;
    }

    private static String unescaped(String text, int from, int to) {
        String value = text.substring(from, Math.max(from, to)).strip();
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            char next = c == '\\' && i + 1 < value.length() ? value.charAt(i + 1) : ' ';
            switch (next) {
                case '=', '\\', '|' -> {
                    out.append(next);
                    i++;
                }
                case 'n', 'r' -> {
                    out.append(next == 'n' ? '\n' : '\r');
                    i++;
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
