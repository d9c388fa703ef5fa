package jp.hinomi.rules.match;

/** A set of four-character grams that may err by saying yes: one bit each in a bitmap that stays in the cache. */
final class GramFilter {
    private static final int MIX = 0x9E3779B1;

    /** So that one gram in 32 that is not in the set is taken for one that is. */
    private static final int BITS_PER_GRAM = 32;

    private static final int FEWEST_BITS = 10;
    private static final int MOST_BITS = 20;

    private final long[] bits;
    private final int shift;

    /** @param grams how many will be added */
    GramFilter(int grams) {
        int log = Integer.SIZE - Integer.numberOfLeadingZeros(Math.min(grams, 1 << MOST_BITS) * BITS_PER_GRAM);
        int bounded = Math.max(FEWEST_BITS, Math.min(MOST_BITS, log));
        bits = new long[1 << (bounded - 6)];
        shift = Integer.SIZE - bounded;
    }

    void add(int gram) {
        int hash = gram * MIX >>> shift;
        bits[hash >>> 6] |= 1L << hash;
    }

    boolean mayHave(int gram) {
        int hash = gram * MIX >>> shift;
        return (bits[hash >>> 6] & 1L << hash) != 0;
    }
}
