package jp.hinomi.rules.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Up to eight characters in a row as one number. Upper case reads as lower case, and some other characters read as one,
 * too, so equal numbers only say that it is worth looking.
 */
final class Gram {
    static final int LONGEST = Long.BYTES;

    /** No gram: each byte of one has the bit of lower case. */
    static final long NONE = 0;

    private static final long LOWER = 0x20202020_20202020L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Gram() {}

    /** Which bits of {@link #at} are those of the first characters. */
    static long mask(int characters) {
        return -1L >>> Long.SIZE - characters * Byte.SIZE;
    }

    /** The eight bytes from {@code at} on. */
    static long at(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at) | LOWER;
    }

    /** The characters from {@code at} on, as many as {@code length}. */
    static long at(String ascii, int at, int length) {
        long gram = 0;
        for (int i = length - 1; i >= 0; i--) {
            gram = gram << Byte.SIZE | ascii.charAt(at + i) | ' ';
        }
        return gram;
    }

    /** In its highest bits it is well spread. */
    static long hash(long gram) {
        return gram * MIX;
    }
}
