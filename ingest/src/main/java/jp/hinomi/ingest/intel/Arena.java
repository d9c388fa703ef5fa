package jp.hinomi.ingest.intel;

import java.util.Arrays;

/**
 * Bytes of records, one after the other, in blocks of a mebibyte; a record is known by its address. One writer, as
 * {@link IntPages}.
 */
final class Arena {
    private static final int BLOCK_BITS = 20;
    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int MOST_BLOCKS = 1 << Integer.SIZE - BLOCK_BITS;

    private byte[][] blocks = {};
    private int[] ends = {};

    /** Copies a record; its address. */
    int add(byte[] bytes, int from, int length) {
        int last = blocks.length - 1;
        if (last < 0 || ends[last] + length > blocks[last].length) {
            if (blocks.length == MOST_BLOCKS) {
                throw new IllegalStateException("the index of indicators holds 4 GiB: import less");
            }
            last++;
            ends = Arrays.copyOf(ends, last + 1);
            byte[][] more = Arrays.copyOf(blocks, last + 1);
            more[last] = new byte[Math.max(BLOCK, length)];
            blocks = more;
        }
        int at = ends[last];
        System.arraycopy(bytes, from, blocks[last], at, length);
        ends[last] = at + length;
        return last << BLOCK_BITS | at;
    }

    byte[] block(int address) {
        return blocks[address >>> BLOCK_BITS];
    }

    static int offset(int address) {
        return address & BLOCK - 1;
    }

    int blockCount() {
        return blocks.length;
    }

    byte[] blockAt(int number) {
        return blocks[number];
    }

    int endOf(int number) {
        return ends[number];
    }

    static int address(int number, int offset) {
        return number << BLOCK_BITS | offset;
    }
}
