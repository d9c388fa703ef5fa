package jp.hinomi.ingest.decode.cef;

import java.util.ArrayList;
import java.util.List;

/**
 * The part before the pairs: {@code CEF:0|vendor|product|version|event|name|severity|}. A backslash protects a bar and
 * itself.
 *
 * @param version what stands behind {@code CEF:} or {@code LEEF:}
 * @param fields those between the bars
 * @param end index of the first character behind the last bar
 */
record Envelope(String version, List<String> fields, int end) {
    /** Syslog headers and names that senders put in front are shorter. */
    private static final int LOOK = 512;

    /** The index of {@code CEF:0|} and the like, or -1. */
    static int find(String text, String name) {
        int at = text.indexOf(name);
        while (at >= 0 && at < LOOK) {
            int bar = text.indexOf('|', at);
            if (bar > 0 && bar - at <= name.length() + 4) {
                return at;
            }
            at = text.indexOf(name, at + 1);
        }
        return -1;
    }

    /**
     * @param from index behind {@code CEF:}
     * @return null if there are not so many fields
     */
    static Envelope read(String text, int from, int count) {
        int bar = text.indexOf('|', from);
        if (bar < 0) {
            return null;
        }
        String version = text.substring(from, bar).strip();
        List<String> fields = new ArrayList<>(count);
        int at = bar + 1;
        while (fields.size() < count) {
            int end = bar(text, at);
            if (end < 0) {
                return null;
            }
            fields.add(plain(text.substring(at, end)));
            at = end + 1;
        }
        return new Envelope(version, fields, at);
    }

    private static int bar(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '|') {
                return at;
            }
            at += c == '\\' ? 2 : 1;
        }
        return -1;
    }

    private static String plain(String field) {
        String text = field.strip();
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length() && "|\\".indexOf(text.charAt(i + 1)) >= 0;
            out.append(escape ? text.charAt(++i) : c);
        }
        return out.toString();
    }
}
