package jp.hinomi.ingest.decode.auditd;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one audit record: {@code name=value}, values bare, in quotation marks, or in hexadecimal digits where
 * they contain what could be mistaken; {@code msg='…'} of a program holds fields of its own. Behind the character 0x1D
 * stand the same fields as names ({@code UID="root"}), if auditd enriches its log. Bounded.
 */
final class AuditRecord {
    private static final char ENRICHED = '\u001d';
    private static final int MAX_FIELDS = 256;
    private static final int MAX_NAME = 64;

    /** Fields that the kernel and programs write as "untrusted strings" (audit-documentation, field dictionary). */
    private static final Set<String> ENCODED = Set.of(
            "acct",
            "apparmor",
            "cgroup",
            "cmd",
            "comm",
            "cwd",
            "data",
            "device",
            "dir",
            "exe",
            "file",
            "grp",
            "info",
            "invalid_context",
            "key",
            "name",
            "new_group",
            "ocomm",
            "operation",
            "path",
            "profile",
            "proctitle",
            "root_dir",
            "sw",
            "vm",
            "watch",
            "old-disk",
            "new-disk",
            "old-fs",
            "new-fs",
            "old-net",
            "new-net");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    /** @param from index of the first field */
    static AuditRecord of(String text, int from, String type) {
        AuditRecord record = new AuditRecord();
        int enriched = text.indexOf(ENRICHED, from);
        record.read(text, from, enriched < 0 ? text.length() : enriched, record.fields, type, true);
        if (enriched >= 0) {
            record.read(text, enriched + 1, text.length(), record.names, type, false);
        }
        return record;
    }

    /** Null if there is none; {@code ?} and {@code (null)} say that there is none. */
    String get(String name) {
        return fields.get(name);
    }

    /** The name behind a number, of an enriched log. */
    String enriched(String name) {
        return names.get(name);
    }

    Map<String, String> all() {
        return fields;
    }

    private void read(String text, int from, int to, Map<String, String> into, String type, boolean decode) {
        int at = from;
        String prefix = "";
        while (at < to && into.size() < MAX_FIELDS) {
            char c = text.charAt(at);
            if (c == ' ' || c == ',' || c == '\'' || c == ':') {
                at++;
                continue;
            }
            int end = at;
            while (end < to && text.charAt(end) != ' ' && text.charAt(end) != '=') {
                end++;
            }
            if (end >= to || text.charAt(end) != '=') {
                // "login pid=…", "old auid=…": a word before a field; only old and new belong to the name.
                String word = text.substring(at, Math.min(end, at + 4));
                prefix = word.equals("old") || word.equals("new") ? word + '-' : "";
                at = end + 1;
                continue;
            }
            String name = prefix + text.substring(at, Math.min(end, at + MAX_NAME));
            prefix = "";
            at = end + 1;
            if (name.equals("msg") && at < to && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
                at++;
                continue;
            }
            int valueEnd = valueEnd(text, at, to);
            put(name, text, at, valueEnd, into, type, decode);
            at = valueEnd + 1;
        }
    }

    private static int valueEnd(String text, int from, int to) {
        if (from < to && text.charAt(from) == '"') {
            int quote = text.indexOf('"', from + 1);
            return quote < 0 || quote >= to ? to : quote + 1;
        }
        int end = from;
        while (end < to && text.charAt(end) != ' ' && text.charAt(end) != '\'') {
            end++;
        }
        return end;
    }

    private static void put(
            String name, String text, int from, int to, Map<String, String> into, String type, boolean decode) {
        boolean quoted = to > from && text.charAt(from) == '"';
        int last = quoted && to - 1 > from && text.charAt(to - 1) == '"' ? to - 1 : to;
        if (!quoted && !text.startsWith("(n", from)) {
            while (last > from && (text.charAt(last - 1) == ',' || text.charAt(last - 1) == ')')) {
                last--;
            }
        }
        String value = text.substring(Math.min(quoted ? from + 1 : from, last), last);
        if (value.isEmpty() || value.equals("?") || value.equals("(null)") || value.equals("(none)")) {
            return;
        }
        boolean argument =
                type.equals("EXECVE") && name.length() > 1 && name.charAt(0) == 'a' && isDigit(name.charAt(1));
        if (decode && !quoted && (ENCODED.contains(name) || argument && name.indexOf("_len") < 0)) {
            value = text(value);
        }
        into.putIfAbsent(name, value);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What hexadecimal digits spell; NUL bytes separate the arguments of a PROCTITLE. What is no text stays as it is. */
    private static String text(String hexadecimal) {
        int length = hexadecimal.length();
        if (length % 2 != 0) {
            return hexadecimal;
        }
        byte[] bytes = new byte[length / 2];
        boolean needed = false;
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(hexadecimal.charAt(2 * i), 16);
            int low = Character.digit(hexadecimal.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return hexadecimal;
            }
            int b = high << 4 | low;
            // The kernel encodes only what holds a space, a quotation mark, a control or a non-ASCII character.
            needed |= b < 0x21 || b > 0x7e || b == '"';
            bytes[i] = (byte) (b == 0 ? ' ' : b);
        }
        if (!needed) {
            return hexadecimal;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .stripTrailing();
        } catch (CharacterCodingException e) {
            // File names may be any bytes.
            return hexadecimal;
        }
    }
}
