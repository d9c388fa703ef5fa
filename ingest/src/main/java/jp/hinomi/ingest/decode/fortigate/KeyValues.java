package jp.hinomi.ingest.decode.fortigate;

import java.util.Arrays;

/**
 * A FortiGate message taken apart: {@code key=value key="quoted value" …}, a backslash protecting quotes and backslashes
 * inside quotes. Keys are interned in a table of known ones so that look-ups compare no text. Not thread-safe: one per
 * line.
 */
final class KeyValues {
    /** More than any FortiGate message has; beyond it the line is something else. */
    static final int MAX_PAIRS = 1000;

    private static final int MAX_KEY = 64;

    private final String text;
    private final String[] byKey = new String[Key.COUNT];
    private String[] others = new String[16];
    private int otherCount;
    private int pairs;
    private int badAt = -1;
    private int backslash = -1;

    private KeyValues(String text) {
        this.text = text;
    }

    static KeyValues read(String text, int from) {
        KeyValues all = new KeyValues(text);
        all.scan(from);
        return all;
    }

    /** The index of what is not {@code key=value}, or -1. */
    int badAt() {
        return badAt;
    }

    int pairs() {
        return pairs;
    }

    /** The value, or null if it is missing, empty or {@code N/A}. */
    String get(Key key) {
        return byKey[key.ordinal()];
    }

    /** The value of the first of these keys that has one, or null. */
    String first(Key... keys) {
        for (Key key : keys) {
            String value = byKey[key.ordinal()];
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Keys that the table does not know, each followed by its value. */
    String[] others() {
        return Arrays.copyOf(others, otherCount);
    }

    private void scan(int from) {
        int at = from;
        int length = text.length();
        while (true) {
            while (at < length && text.charAt(at) == ' ') {
                at++;
            }
            if (at == length) {
                return;
            }
            int equals = text.indexOf('=', at);
            if (equals <= at || equals - at > MAX_KEY || pairs == MAX_PAIRS) {
                badAt = at;
                return;
            }
            Key key = Key.find(text, at, equals);
            if (key == null && !isKey(at, equals)) {
                badAt = at;
                return;
            }
            at = value(key, at, equals);
        }
    }

    private int value(Key key, int keyStart, int equals) {
        int start = equals + 1;
        int end;
        int next;
        String value;
        if (start < text.length() && text.charAt(start) == '"') {
            end = endOfQuoted(start + 1);
            value = unescape(start + 1, end);
            next = Math.min(end + 1, text.length());
        } else {
            end = text.indexOf(' ', start);
            end = end < 0 ? text.length() : end;
            value = text.substring(start, end);
            next = end;
        }
        pairs++;
        if (!value.isEmpty() && !value.equals("N/A") && !value.equals("undefined")) {
            put(key, keyStart, equals, value);
        }
        return next;
    }

    private void put(Key key, int keyStart, int keyEnd, String value) {
        if (key != null) {
            byKey[key.ordinal()] = value;
            return;
        }
        if (otherCount == others.length) {
            others = Arrays.copyOf(others, otherCount * 2);
        }
        others[otherCount++] = text.substring(keyStart, keyEnd);
        others[otherCount++] = value;
    }

    /** The index of the closing quote, or of the end where the line was cut. */
    private int endOfQuoted(int from) {
        int quote = text.indexOf('"', from);
        quote = quote < 0 ? text.length() : quote;
        if (firstBackslash(from) >= quote) {
            return quote;
        }
        int at = backslash;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    /** The index of the first backslash from there on, or the text's length; remembered, so that the text is searched once. */
    private int firstBackslash(int from) {
        if (backslash < from) {
            int found = text.indexOf('\\', from);
            backslash = found < 0 ? text.length() : found;
        }
        return backslash;
    }

    private String unescape(int from, int to) {
        if (firstBackslash(from) >= to) {
            return text.substring(from, to);
        }
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < to && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                i++;
                c = text.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }

    private boolean isKey(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isKeyChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKeyChar(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '.';
    }
}
