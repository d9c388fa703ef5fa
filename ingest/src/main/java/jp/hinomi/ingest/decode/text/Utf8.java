package jp.hinomi.ingest.decode.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where bytes stop being ASCII, or well-formed UTF-8 (Unicode 15, table 3-7). Stateless. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The index of the first byte above 0x7F, or {@code to}. */
    static int firstNonAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long high = (long) LONGS.get(bytes, i) & HIGH_BITS;
            if (high != 0) {
                return i + Long.numberOfTrailingZeros(high) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** The index of the first byte of the first ill-formed sequence, or {@code to}. */
    static int firstMalformed(byte[] bytes, int from, int to) {
        int i = from;
        while (true) {
            i = firstNonAscii(bytes, i, to);
            if (i == to) {
                return to;
            }
            int length = sequenceLength(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
    }

    private static int sequenceLength(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        // Overlong forms, surrogates and what is beyond U+10FFFF show in the second byte.
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The text, with each byte that is not part of well-formed UTF-8 written as {@code \xHH}. */
    public static String writtenOut(byte[] bytes, int from, int to) {
        int bad = firstMalformed(bytes, from, to);
        if (bad == to) {
            return new String(bytes, from, to - from, UTF_8);
        }
        StringBuilder out = new StringBuilder(to - from + 16);
        int at = from;
        while (bad < to) {
            out.append(new String(bytes, at, bad - at, UTF_8))
                    .append("\\x")
                    .append(Integer.toHexString(bytes[bad] & 0xFF));
            at = bad + 1;
            bad = firstMalformed(bytes, at, to);
        }
        return out.append(new String(bytes, at, to - at, UTF_8)).toString();
    }

    /** True if the bytes from {@code at} to the end are the beginning of one character that was cut off. */
    static boolean cutOff(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (at + length <= to) {
            return false;
        }
        for (int i = at + 1; i < to; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
