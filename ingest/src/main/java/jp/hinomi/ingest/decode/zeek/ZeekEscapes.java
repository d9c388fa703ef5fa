package jp.hinomi.ingest.decode.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import jp.hinomi.ingest.decode.text.MalformedText;
import jp.hinomi.ingest.decode.text.StrictText;

/** Undoes Zeek's {@code \x09} in tab-separated logs. Bytes that are not UTF-8 stay as they were written. Stateless. */
final class ZeekEscapes {
    private static final StrictText TEXT = new StrictText(UTF_8);

    private ZeekEscapes() {}

    static String undo(String value) {
        int at = value.indexOf("\\x");
        if (at < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        int from = 0;
        while (at >= 0) {
            int end = at;
            while (isByte(value, end)) {
                end += 4;
            }
            out.append(value, from, at);
            if (end == at) {
                out.append("\\x");
                end = at + 2;
            } else {
                bytes(value, at, end, out);
            }
            from = end;
            at = value.indexOf("\\x", from);
        }
        return out.append(value, from, value.length()).toString();
    }

    private static void bytes(String value, int from, int to, StringBuilder out) {
        byte[] bytes = new byte[(to - from) / 4];
        for (int i = 0; i < bytes.length; i++) {
            int at = from + i * 4 + 2;
            bytes[i] = (byte) (Character.digit(value.charAt(at), 16) << 4 | Character.digit(value.charAt(at + 1), 16));
        }
        try {
            out.append(TEXT.read(bytes, 0, bytes.length));
        } catch (MalformedText e) {
            out.append(value, from, to);
        }
    }

    private static boolean isByte(String value, int at) {
        return value.startsWith("\\x", at)
                && at + 3 < value.length()
                && value.charAt(at + 2) < 0x80
                && value.charAt(at + 3) < 0x80
                && Character.digit(value.charAt(at + 2), 16) >= 0
                && Character.digit(value.charAt(at + 3), 16) >= 0;
    }
}
