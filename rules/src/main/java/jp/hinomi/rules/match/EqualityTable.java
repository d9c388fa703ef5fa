package jp.hinomi.rules.match;

import java.util.List;
import jp.hinomi.rules.detection.Folding;

/** Finds the literals that equal a text: by length first, then by a hash over folded characters. Immutable. */
final class EqualityTable {
    private static final int LENGTHS = 256;

    private final Literal[][] buckets;
    private final boolean[] lengths = new boolean[LENGTHS];
    private final boolean longer;

    EqualityTable(List<Literal> literals) {
        int size = Integer.highestOneBit(Math.max(4, literals.size() * 2 - 1)) * 2;
        buckets = new Literal[size][];
        boolean anyLonger = false;
        for (Literal literal : literals) {
            int length = literal.text().length();
            if (length < LENGTHS) {
                lengths[length] = true;
            } else {
                anyLonger = true;
            }
            int bucket = hash(literal.text()) & (size - 1);
            Literal[] before = buckets[bucket];
            Literal[] after = before == null ? new Literal[1] : java.util.Arrays.copyOf(before, before.length + 1);
            after[after.length - 1] = literal;
            buckets[bucket] = after;
        }
        longer = anyLonger;
    }

    void find(String text, Matching matching) {
        int length = text.length();
        if (length < LENGTHS ? !lengths[length] : !longer) {
            return;
        }
        Literal[] bucket = buckets[hash(text) & (buckets.length - 1)];
        if (bucket == null) {
            return;
        }
        for (Literal literal : bucket) {
            if (literal.text().length() == length && Folding.standsAt(text, 0, literal.text(), literal.cased())) {
                literal.found(matching);
            }
        }
    }

    /** Over at most the last 64 characters: long literals differ in their ends more often than in their beginnings. */
    private static int hash(String text) {
        int hash = text.length();
        for (int i = Math.max(0, text.length() - 64); i < text.length(); i++) {
            hash = hash * 31 + Folding.fold(text.charAt(i));
        }
        return hash ^ hash >>> 15;
    }
}
