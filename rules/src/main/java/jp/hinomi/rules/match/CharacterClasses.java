package jp.hinomi.rules.match;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import jp.hinomi.rules.detection.Folding;

/**
 * The alphabet of an automaton: every folded character of its literals is a class of its own, all others are class 0.
 * ASCII is one array access; other characters, rare in logs, a binary search. Immutable.
 */
final class CharacterClasses {
    private static final int ASCII = 128;

    private final int[] ascii = new int[ASCII];
    private final char[] others;
    private final int firstOther;

    /** @param literals folded */
    CharacterClasses(Collection<String> literals) {
        TreeSet<Character> known = new TreeSet<>();
        for (String literal : literals) {
            for (int i = 0; i < literal.length(); i++) {
                known.add(literal.charAt(i));
            }
        }
        int next = 1;
        StringBuilder rest = new StringBuilder();
        for (char c : known) {
            if (c < ASCII) {
                ascii[c] = next++;
            } else {
                rest.append(c);
            }
        }
        firstOther = next;
        others = rest.toString().toCharArray();
        // Upper case reads as lower case, so that scanning needs no folding.
        for (char c = 0; c < ASCII; c++) {
            ascii[c] = ascii[Folding.fold(c)];
        }
    }

    int count() {
        return firstOther + others.length;
    }

    int of(char c) {
        if (c < ASCII) {
            return ascii[c];
        }
        char folded = Folding.fold(c);
        if (folded < ASCII) {
            return ascii[folded];
        }
        int at = others.length == 0 ? -1 : Arrays.binarySearch(others, folded);
        return at < 0 ? 0 : firstOther + at;
    }
}
