package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/**
 * Finds all literals inside a text in one pass. A literal is represented by its eight rarest characters in a row, or four
 * if it is shorter, or as a whole if it has fewer, packed into one number. A step of the pass shifts the next character in
 * and asks a bitmap whether any literal's piece ends with the last four characters, and a small one whether a short
 * literal ends with the last two; only then the pieces themselves are looked up, and only where one of them stands the
 * literal is compared.
 *
 * <p>The bitmap of 20,000 literals takes 80 kB and stays in the cache, where the table of an automaton takes megabytes
 * and does not. ASCII literals only. Immutable.
 */
final class GramIndex {
    private static final int[] LENGTHS = {1, 2, 3, 4, 8};
    private static final int FILTERED = 4;
    private static final int ASCII = 128;

    /** Stands for all characters that no literal has. */
    private static final int FOREIGN = 0x80;

    private static final byte[] FOLDED = new byte[ASCII];

    static {
        for (char c = 0; c < ASCII; c++) {
            FOLDED[c] = (byte) Folding.fold(c);
        }
    }

    private final GramFilter filter;
    /** Null where no literal is short. */
    private final PairFilter pairs;

    /** By {@link #LENGTHS}. */
    private final GramTable[] tables = new GramTable[LENGTHS.length];

    GramIndex(List<Literal> literals) {
        GramRarity rarity = new GramRarity(literals, FILTERED);
        List<Map<Long, List<GramTable.Entry>>> byLength = new ArrayList<>();
        for (int i = 0; i < LENGTHS.length; i++) {
            byLength.add(new HashMap<>());
        }
        for (Literal literal : literals) {
            String folded = Folding.fold(literal.text());
            int of = LENGTHS.length - 1;
            while (LENGTHS[of] > folded.length()) {
                of--;
            }
            int offset = LENGTHS[of] < FILTERED ? 0 : rarity.rarest(folded, LENGTHS[of]);
            byLength.get(of)
                    .computeIfAbsent(gram(folded, offset, LENGTHS[of]), any -> new ArrayList<>(1))
                    .add(new GramTable.Entry(literal, offset + LENGTHS[of]));
        }
        filter = new GramFilter(literals.size());
        boolean anyShort = literals.stream().anyMatch(literal -> literal.text().length() < FILTERED);
        pairs = anyShort ? new PairFilter() : null;
        for (int i = 0; i < LENGTHS.length; i++) {
            for (long gram : byLength.get(i).keySet()) {
                if (LENGTHS[i] >= FILTERED) {
                    filter.add((int) gram);
                } else if (LENGTHS[i] == 1) {
                    pairs.addLast((int) gram);
                } else {
                    pairs.add((int) gram);
                }
            }
            tables[i] = new GramTable(byLength.get(i), LENGTHS[i]);
        }
    }

    /** Uses {@link Matching#characters} as scratch, so that reading a character is reading an array. */
    void find(String text, Matching matching) {
        char[] window = matching.characters();
        int length = text.length();
        long last = -1; // no literal's: its characters are below 128
        for (int from = 0; from < length; from += window.length) {
            int count = Math.min(window.length, length - from);
            text.getChars(from, from + count, window, 0);
            for (int i = 0; i < count; i++) {
                char c = window[i];
                last = last << 8 | (c < ASCII ? FOLDED[c] : foreign(c));
                if (filter.mayHave((int) last)) {
                    tables[3].compare(last, text, from + i + 1, matching);
                    tables[4].compare(last, text, from + i + 1, matching);
                }
                if (pairs != null && pairs.mayHave((int) last)) {
                    tables[0].compare(last, text, from + i + 1, matching);
                    tables[1].compare(last, text, from + i + 1, matching);
                    tables[2].compare(last, text, from + i + 1, matching);
                }
            }
        }
    }

    private static int foreign(char c) {
        char folded = Folding.fold(c);
        return folded < ASCII ? folded : FOREIGN;
    }

    static long gram(String folded, int at, int length) {
        long gram = 0;
        for (int i = at; i < at + length; i++) {
            gram = gram << 8 | folded.charAt(i);
        }
        return gram;
    }
}
