package jp.hinomi.rules.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/** How rare grams of literals are: in logs by their characters, and among the literals, which ask for common words, too. */
final class GramRarity {
    /** Characters of logs, the most frequent first, roughly: English letters, and the punctuation of paths and queries. */
    private static final String FREQUENT_FIRST = "etaoinsrl/.- hdcump0fg12wyb_:=\\3v4k5%6789,xjqz";

    private final Map<Long, Integer> among = new HashMap<>();

    private final int length;

    /** @param length of the grams */
    GramRarity(List<Literal> literals, int length) {
        this.length = length;
        for (Literal literal : literals) {
            String text = literal.text();
            for (int at = 0; at + length <= text.length(); at++) {
                among.merge(Gram.at(text, at, length), 1, Integer::sum);
            }
        }
    }

    /** Where as many grams as {@code count}, one after the other, begin that are the rarest of the text. */
    int rarest(String text, int count) {
        String folded = Folding.fold(text);
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int at = 0; at + count + length - 1 <= folded.length(); at++) {
            double share = 0;
            for (int gram = at; gram < at + count; gram++) {
                share += share(folded, gram);
            }
            if (share < least) {
                least = share;
                best = at;
            }
        }
        return best;
    }

    private double share(String folded, int at) {
        double share = among.get(Gram.at(folded, at, length));
        for (int i = at; i < at + length; i++) {
            int rank = FREQUENT_FIRST.indexOf(folded.charAt(i));
            share /= 2 + (rank < 0 ? FREQUENT_FIRST.length() : rank);
        }
        return share;
    }
}
