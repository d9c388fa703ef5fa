package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the grams of a text that begin at every {@code stride}-th character. A literal that is as long as a gram and a
 * stride, less one, holds one of them wherever it stands, so as many of its grams as the stride are asked for. A bitmap
 * that stays in the cache is asked first, then the table of grams, and only then is a literal compared. Immutable.
 */
final class GramPass {
    private final int stride;
    private final int length;
    private final long mask;
    private final GramFilter filter;
    private final GramTable table;

    /**
     * @param length of the grams, at most {@link Gram#LONGEST}
     * @param literals of {@code stride + length - 1} ASCII characters or more each
     */
    GramPass(int stride, int length, List<Literal> literals) {
        this.stride = stride;
        this.length = length;
        this.mask = Gram.mask(length);
        GramRarity rarity = new GramRarity(literals, length);
        Map<Long, List<GramTable.Entry>> byGram = new HashMap<>();
        for (Literal literal : literals) {
            int first = rarity.rarest(literal.text(), stride);
            for (int offset = first; offset < first + stride; offset++) {
                byGram.computeIfAbsent(Gram.at(literal.text(), offset, length), any -> new ArrayList<>(1))
                        .add(new GramTable.Entry(literal, offset));
            }
        }
        filter = new GramFilter(byGram.keySet());
        table = new GramTable(byGram);
    }

    /**
     * @param window characters of the text from {@code from} on, which is a multiple of the stride
     * @param count how many grams of one character begin in the window
     * @param known how many characters of the text are in the window
     */
    void find(byte[] window, int count, int known, String text, int from, Matching matching) {
        int end = Math.min(count, known - length + 1);
        for (int i = 0; i < end; i += stride) {
            long gram = Gram.at(window, i) & mask;
            if (filter.mayHave(gram)) {
                table.compare(gram, text, from + i, matching);
            }
        }
    }
}
