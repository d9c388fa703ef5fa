package jp.hinomi.ingest.intel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * From the hash of a key to the first of its postings: open addressing, one {@code long} per key. The upper half of a slot
 * is a tag of 32 bits of the hash, from which the slot's home follows too, so keys with one tag share one chain of
 * postings and whoever follows it compares keys.
 *
 * <p>One writer, many readers without locks: slots are written with release and read with acquire, keys are never taken
 * out, and a larger table is published when it is complete.
 */
final class SlotTable {
    static final int NONE = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SMALLEST = 1 << 10;

    private volatile long[] slots = new long[SMALLEST];
    private int used;

    /** The newest posting of the key with that hash, or {@link #NONE}. */
    int find(long hash) {
        long[] table = slots;
        int tag = (int) (hash >>> 32);
        int mask = table.length - 1;
        for (int i = home(tag, table.length); ; i = i + 1 & mask) {
            long slot = (long) SLOT.getAcquire(table, i);
            if (slot == 0) {
                return NONE;
            }
            if ((int) (slot >>> 32) == tag) {
                return (int) slot - 1;
            }
        }
    }

    /** Makes that posting the newest of its key. */
    void put(long hash, int posting) {
        int tag = (int) (hash >>> 32);
        long[] table = slots;
        int i = place(table, tag);
        if (table[i] == 0 && (used + 1) * 5L > table.length * 3L) {
            table = grown(table);
            slots = table;
            i = place(table, tag);
        }
        if (table[i] == 0) {
            used++;
        }
        SLOT.setRelease(table, i, slot(tag, posting));
    }

    private static long slot(int tag, int posting) {
        return (long) tag << 32 | posting + 1 & 0xFFFF_FFFFL;
    }

    private static int place(long[] table, int tag) {
        int i = home(tag, table.length);
        while (table[i] != 0 && (int) (table[i] >>> 32) != tag) {
            i = i + 1 & table.length - 1;
        }
        return i;
    }

    private static int home(int tag, int length) {
        return tag >>> Integer.numberOfLeadingZeros(length) + 1;
    }

    private static long[] grown(long[] table) {
        long[] larger = new long[table.length * 2];
        for (long slot : table) {
            if (slot != 0) {
                larger[place(larger, (int) (slot >>> 32))] = slot;
            }
        }
        return larger;
    }
}
