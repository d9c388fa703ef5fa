package jp.hinomi.ingest.decode.syslog;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads STRUCTURED-DATA of RFC 5424 section 6.3. Not thread-safe: one per line. */
final class StructuredData {
    /** More parameters than this are read over: no sender has them, and an event's size has to end somewhere. */
    private static final int MAX_PARAMETERS = 128;

    private final String text;
    private int at;
    private Map<String, String> parameters;

    private StructuredData(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** @return null if there is no well-formed structured data at that index */
    static StructuredData read(String text, int from) {
        if (from < text.length() && text.charAt(from) == '-') {
            StructuredData none = new StructuredData(text, from + 1);
            return none.atEnd() ? none : null;
        }
        StructuredData data = new StructuredData(text, from);
        int elements = 0;
        while (data.at < text.length() && text.charAt(data.at) == '[') {
            if (!data.element()) {
                return null;
            }
            elements++;
        }
        return elements > 0 && data.atEnd() ? data : null;
    }

    /** The index after it. */
    int end() {
        return at;
    }

    /** By {@code id.name}; null without any. */
    Map<String, String> parameters() {
        return parameters;
    }

    private boolean atEnd() {
        return at == text.length() || text.charAt(at) == ' ';
    }

    private boolean element() {
        at++;
        String id = name();
        if (id == null) {
            return false;
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
            String name = name();
            if (name == null || at + 1 >= text.length() || text.charAt(at) != '=' || text.charAt(at + 1) != '"') {
                return false;
            }
            at += 2;
            String value = value();
            if (value == null) {
                return false;
            }
            if (parameters == null) {
                parameters = new LinkedHashMap<>();
            }
            if (parameters.size() < MAX_PARAMETERS) {
                parameters.put(id + '.' + name, value);
            }
        }
        if (at < text.length() && text.charAt(at) == ']') {
            at++;
            return true;
        }
        return false;
    }

    private String name() {
        int from = at;
        while (at < text.length() && at - from <= 64) {
            char c = text.charAt(at);
            if (c <= ' ' || c == '=' || c == ']' || c == '"' || c >= 0x7F) {
                break;
            }
            at++;
        }
        return at > from && at < text.length() ? text.substring(from, at) : null;
    }

    /** Up to the closing quote; a backslash escapes {@code " \ ]} and is itself otherwise. */
    private String value() {
        int from = at;
        StringBuilder unescaped = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String value = unescaped == null
                        ? text.substring(from, at)
                        : unescaped.append(text, from, at).toString();
                at++;
                return value;
            }
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if (next == '"' || next == '\\' || next == ']') {
                    unescaped = unescaped == null ? new StringBuilder() : unescaped;
                    unescaped.append(text, from, at).append(next);
                    at += 2;
                    from = at;
                    continue;
                }
            }
            at++;
        }
        return null;
    }
}
