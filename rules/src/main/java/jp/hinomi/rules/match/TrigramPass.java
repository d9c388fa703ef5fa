package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at every character of a text, for literals that may be short: at its five low bits, which are the same for upper and
 * lower case, and at those of the two before it. A bitmap of 4 kB says whether the three may end a piece of a literal, and
 * where they do the literals are compared. Immutable.
 */
final class TrigramPass {
    private static final int BITS = 5;
    private static final int LOW = (1 << BITS) - 1;
    private static final int LENGTH = 3;
    private static final int ALL = (1 << BITS * LENGTH) - 1;

    private final long[] bits = new long[(ALL + 1) / Long.SIZE];
    private final GramTable.Entry[][] entries = new GramTable.Entry[ALL + 1][];

    /** @param literals of ASCII characters */
    TrigramPass(List<Literal> literals) {
        GramRarity rarity = new GramRarity(literals, LENGTH);
        List<List<GramTable.Entry>> lists = new ArrayList<>();
        for (int trigram = 0; trigram <= ALL; trigram++) {
            lists.add(null);
        }
        for (Literal literal : literals) {
            int known = Math.min(literal.text().length(), LENGTH);
            int offset = known < LENGTH ? 0 : rarity.rarest(literal.text(), 1);
            GramTable.Entry entry = new GramTable.Entry(literal, offset + known - 1);
            forEach(literal.text(), offset, known, trigram -> {
                if (lists.get(trigram) == null) {
                    lists.set(trigram, new ArrayList<>(1));
                }
                lists.get(trigram).add(entry);
            });
        }
        for (int trigram = 0; trigram <= ALL; trigram++) {
            if (lists.get(trigram) != null) {
                bits[trigram >>> 6] |= 1L << trigram;
                entries[trigram] = lists.get(trigram).toArray(new GramTable.Entry[0]);
            }
        }
    }

    /** What a literal has less than three characters of, may be any before it. */
    private static void forEach(String text, int offset, int known, Consumer<Integer> trigrams) {
        int last = 0;
        for (int i = offset; i < offset + known; i++) {
            last = next(last, text.charAt(i));
        }
        for (int before = 0; before < 1 << BITS * (LENGTH - known); before++) {
            trigrams.accept(last | before << BITS * known);
        }
    }

    private static int next(int last, int character) {
        return last << BITS & ALL | character & LOW;
    }

    /**
     * @param window characters of the text from {@code from} on
     * @param count how many
     * @param before what this returned for the characters before them; 0 at the beginning
     */
    int find(byte[] window, int count, int before, String text, int from, Matching matching) {
        int last = before;
        for (int i = 0; i < count; i++) {
            last = next(last, window[i]);
            if ((bits[last >>> 6] & 1L << last) != 0) {
                for (GramTable.Entry entry : entries[last]) {
                    entry.compare(text, from + i, matching);
                }
            }
        }
        return last;
    }
}
