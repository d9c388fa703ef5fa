package jp.hinomi.rules.match;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/** The literals that have a gram, by gram: a hash table without collisions to follow through objects. Immutable. */
final class GramTable {
    /** No gram: characters of grams are below 128. */
    private static final long NONE = -1;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long[] grams;
    private final Entry[][] entries;
    private final int shift;
    private final long mask;

    /** @param end how many characters of the literal stand before the end of the gram */
    record Entry(Literal literal, int end) {}

    /** @param length of the grams in characters, at most 8 */
    GramTable(Map<Long, List<Entry>> byGram, int length) {
        mask = -1L >>> Long.SIZE - Byte.SIZE * length;
        int log = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(byGram.size());
        grams = new long[1 << log];
        Arrays.fill(grams, NONE);
        entries = new Entry[grams.length][];
        shift = Long.SIZE - log;
        byGram.forEach((gram, of) -> {
            int slot = slot(gram);
            while (grams[slot] != NONE) {
                slot = slot + 1 & grams.length - 1;
            }
            grams[slot] = gram;
            entries[slot] = of.toArray(new Entry[0]);
        });
    }

    /**
     * Reports the literals that stand in the text with their gram before {@code end}.
     *
     * @param last the eight characters before {@code end}, folded
     */
    void compare(long last, String text, int end, Matching matching) {
        long gram = last & mask;
        int slot = slot(gram);
        while (grams[slot] != gram) {
            if (grams[slot] == NONE) {
                return;
            }
            slot = slot + 1 & grams.length - 1;
        }
        for (Entry entry : entries[slot]) {
            Literal literal = entry.literal;
            if (!literal.isSettled(matching)
                    && Folding.standsAt(text, end - entry.end, literal.text(), literal.cased())) {
                literal.found(matching);
            }
        }
    }

    private int slot(long gram) {
        return (int) (gram * MIX >>> shift);
    }
}
