package jp.hinomi.rules.match;

import java.util.Set;

/** A set of grams that may err by saying yes: one bit each in a bitmap that stays in the cache. Immutable. */
final class GramFilter {
    /** So that one gram in 32 that is not in the set is taken for one that is. */
    private static final int BITS_PER_GRAM = 32;

    private static final int FEWEST_BITS = 10;
    private static final int MOST_BITS = 20;

    private final long[] bits;
    private final int shift;

    GramFilter(Set<Long> grams) {
        int log = Integer.SIZE - Integer.numberOfLeadingZeros(Math.min(grams.size(), 1 << MOST_BITS) * BITS_PER_GRAM);
        int bounded = Math.max(FEWEST_BITS, Math.min(MOST_BITS, log));
        bits = new long[1 << (bounded - 6)];
        shift = Long.SIZE - bounded;
        for (long gram : grams) {
            int bit = bit(gram);
            bits[bit >>> 6] |= 1L << bit;
        }
    }

    boolean mayHave(long gram) {
        int bit = bit(gram);
        return (bits[bit >>> 6] & 1L << bit) != 0;
    }

    private int bit(long gram) {
        return (int) (Gram.hash(gram) >>> shift);
    }
}
