package jp.hinomi.rules.match;

import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/** The literals that have a gram, by gram: a hash table without collisions to follow through objects. Immutable. */
final class GramTable {
    private final long[] grams;
    private final Entry[][] entries;
    private final int shift;

    /** @param offset how many characters of the literal stand before the gram */
    record Entry(Literal literal, int offset) {
        /** Reports it if it stands in the text with its gram at {@code at}. */
        void compare(String text, int at, Matching matching) {
            if (!literal.isSettled(matching) && Folding.standsAt(text, at - offset, literal.text(), literal.cased())) {
                literal.found(matching);
            }
        }
    }

    GramTable(Map<Long, List<Entry>> byGram) {
        int log = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(byGram.size());
        grams = new long[1 << log];
        entries = new Entry[grams.length][];
        shift = Long.SIZE - log;
        byGram.forEach((gram, of) -> {
            int slot = slot(gram);
            while (grams[slot] != Gram.NONE) {
                slot = slot + 1 & grams.length - 1;
            }
            grams[slot] = gram;
            entries[slot] = of.toArray(new Entry[0]);
        });
    }

    /** Reports the literals that stand in the text with their gram at {@code at}. */
    void compare(long gram, String text, int at, Matching matching) {
        int slot = slot(gram);
        while (grams[slot] != gram) {
            if (grams[slot] == Gram.NONE) {
                return;
            }
            slot = slot + 1 & grams.length - 1;
        }
        for (Entry entry : entries[slot]) {
            entry.compare(text, at, matching);
        }
    }

    private int slot(long gram) {
        return (int) (Gram.hash(gram) >>> shift);
    }
}
