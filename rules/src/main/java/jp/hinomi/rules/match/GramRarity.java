package jp.hinomi.rules.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/** How rare pieces of literals are: in logs by their characters, and among the literals, which ask for common words, too. */
final class GramRarity {
    /** Characters of logs, the most frequent first, roughly: English letters, and the punctuation of paths and queries. */
    private static final String FREQUENT_FIRST = "etaoinsrl/.- hdcump0fg12wyb_:=\\3v4k5%6789,xjqz";

    private final Map<Long, Integer> among = new HashMap<>();

    private final int size;

    /** @param size of the pieces that are looked for first */
    GramRarity(List<Literal> literals, int size) {
        this.size = size;
        for (Literal literal : literals) {
            String folded = Folding.fold(literal.text());
            for (int at = 0; at + size <= folded.length(); at++) {
                among.merge(GramIndex.gram(folded, at, size), 1, Integer::sum);
            }
        }
    }

    /** Where the rarest piece of that length begins; its last characters count, as they are looked for first. */
    int rarest(String folded, int length) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int at = 0; at + length <= folded.length(); at++) {
            double share = share(folded, at + length - size);
            if (share < least) {
                least = share;
                best = at;
            }
        }
        return best;
    }

    private double share(String folded, int at) {
        double share = among.get(GramIndex.gram(folded, at, size));
        for (int i = at; i < at + size; i++) {
            int rank = FREQUENT_FIRST.indexOf(folded.charAt(i));
            share /= 2 + (rank < 0 ? FREQUENT_FIRST.length() : rank);
        }
        return share;
    }
}
