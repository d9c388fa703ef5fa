package jp.hinomi.ingest.decode.juniper;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code [junos@2636.1.1.1.2.129 name="value" …]}. Read more leniently than RFC 5424 has it: some relays turn quotes into
 * typographic ones, and cut the end off. Stateless.
 */
final class SrxPairs {
    private static final int MAX = 200;

    /** For as many values as most logs have. */
    private static final int ROOM = 64;

    private SrxPairs() {}

    /** What the syslog header read already, by {@code id.name}; no name has a dot. */
    static Map<String, String> of(Map<String, String> data) {
        Map<String, String> values = new LinkedHashMap<>(ROOM);
        data.forEach((name, value) -> {
            if (!value.isEmpty()) {
                values.put(name.substring(name.lastIndexOf('.') + 1), value);
            }
        });
        return values;
    }

    static Map<String, String> read(String text, int from) {
        Map<String, String> values = new LinkedHashMap<>(ROOM);
        // "[junos@2636.1.1.1.2.40 name=…", or without that name "[name=…"
        int id = text.indexOf(' ', from);
        int first = text.indexOf('=', from);
        int at = id < 0 || first < id ? from + 1 : id;
        while (at >= 0 && at < text.length() && values.size() < MAX) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int equals = text.indexOf('=', at);
            if (equals <= at || equals - at > 64 || equals + 1 >= text.length()) {
                return values;
            }
            String name = text.substring(at, equals);
            int end = end(text, equals + 2);
            String value = text.substring(Math.min(equals + 2, end), end);
            if (!value.isEmpty()) {
                values.putIfAbsent(name, value.indexOf('\\') < 0 ? value : unescaped(value));
            }
            at = end + 1;
        }
        return values;
    }

    /** The index of the closing quote, or the text's length. */
    private static int end(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\u201D' || c == '\u201C') {
                return at;
            }
            at += c == '\\' ? 2 : 1;
        }
        return text.length();
    }

    private static String unescaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escape = c == '\\' && i + 1 < value.length() && "\"\\]".indexOf(value.charAt(i + 1)) >= 0;
            out.append(escape ? value.charAt(++i) : c);
        }
        return out.toString();
    }
}
