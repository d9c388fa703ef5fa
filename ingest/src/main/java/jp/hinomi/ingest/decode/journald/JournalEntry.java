package jp.hinomi.ingest.decode.journald;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Utf8;

/** The fields of one entry, all of them texts. */
record JournalEntry(Map<String, String> fields) {
    private static final byte[] EXPORT = "__CURSOR=".getBytes(US_ASCII);
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_FIELDS = 512;

    /**
     * As {@code journalctl -o json} writes it: values are texts, arrays of bytes where they are no text, arrays of these where
     * a field occurs several times (the first counts), and null where they are too long.
     */
    static JournalEntry of(JsonObject json) {
        Map<String, String> fields = new HashMap<>(json.members().size() * 2);
        json.members().forEach((name, value) -> {
            String text = text(value);
            if (text != null && !text.isEmpty()) {
                fields.put(name, text);
            }
        });
        return new JournalEntry(fields);
    }

    private static String text(Object value) {
        if (!(value instanceof List<?> list)) {
            return value instanceof JsonObject ? null : value.toString();
        }
        if (list.isEmpty() || list.get(0) instanceof JsonObject) {
            return null;
        }
        return list.get(0) instanceof Long ? bytes(list) : text(list.get(0));
    }

    private static String bytes(List<?> list) {
        byte[] bytes = new byte[Math.min(list.size(), MAX_BYTES)];
        for (int i = 0; i < bytes.length; i++) {
            if (!(list.get(i) instanceof Long one) || one < 0 || one > 255) {
                return null;
            }
            bytes[i] = (byte) one.longValue();
        }
        return Utf8.writtenOut(bytes, 0, bytes.length);
    }

    /** Whether a record is of that form: journalctl begins each with its cursor. */
    static boolean isExport(byte[] bytes, int from) {
        int to = from + EXPORT.length;
        return to <= bytes.length && Arrays.equals(bytes, from, to, EXPORT, 0, EXPORT.length);
    }

    /**
     * As {@code journalctl -o export} writes it: lines {@code NAME=value}; a value that holds a line end or is no text follows
     * its name's line with its length, eight bytes little-endian, in front.
     */
    static JournalEntry ofExport(byte[] bytes, int from, int to) {
        Map<String, String> fields = new HashMap<>();
        int at = from;
        while (at < to && fields.size() < MAX_FIELDS) {
            int end = at;
            int equals = -1;
            while (end < to && bytes[end] != '\n') {
                equals = equals < 0 && bytes[end] == '=' ? end : equals;
                end++;
            }
            if (equals > at) {
                put(fields, Utf8.writtenOut(bytes, at, equals), Utf8.writtenOut(bytes, equals + 1, end));
                at = end + 1;
            } else if (equals < 0 && end > at && end + 9 <= to) {
                long length = length(bytes, end + 1);
                int begin = end + 9;
                int stop = length < 0 || length > to - begin ? to : begin + (int) length;
                put(fields, Utf8.writtenOut(bytes, at, end), Utf8.writtenOut(bytes, begin, stop));
                at = stop + 1;
            } else {
                at = end + 1;
            }
        }
        return new JournalEntry(fields);
    }

    private static long length(byte[] bytes, int at) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty() && name.length() <= 64) {
            fields.putIfAbsent(name, value);
        }
    }

    /** Null if there is none. */
    String get(String name) {
        return fields.get(name);
    }

    String either(String name, String other) {
        String value = fields.get(name);
        return value == null ? fields.get(other) : value;
    }

    /** A whole number, or -1. */
    long number(String name) {
        return Numbers.parse(fields.get(name));
    }
}
