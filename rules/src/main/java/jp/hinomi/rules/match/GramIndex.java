package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.hinomi.rules.detection.Folding;

/**
 * Finds all literals inside a text. The longer literals are, the fewer places of the text need to be looked at to find them
 * ({@link GramPass}); what is short needs a look at each character ({@link TrigramPass}). ASCII literals only. Immutable.
 */
final class GramIndex {
    /** Passes for longer literals, the longest first. */
    private enum Reach {
        LONG(4, 8),
        MIDDLE(2, 6);

        private final int stride;
        private final int gram;

        Reach(int stride, int gram) {
            this.stride = stride;
            this.gram = gram;
        }

        private boolean finds(Literal literal) {
            return literal.text().length() >= stride + gram - 1;
        }
    }

    /** For fewer literals a pass is not worth its while where each character is looked at anyway. */
    private static final int FEW = 300;

    private final GramPass[] passes;
    /** Null where no literal needs it. */
    private final TrigramPass each;

    GramIndex(List<Literal> literals) {
        boolean anyShort = literals.stream()
                .anyMatch(literal -> Arrays.stream(Reach.values()).noneMatch(reach -> reach.finds(literal)));
        List<Literal> rest = new ArrayList<>(literals);
        List<GramPass> all = new ArrayList<>();
        for (Reach reach : Reach.values()) {
            List<Literal> found = rest.stream().filter(reach::finds).toList();
            if (found.size() >= (anyShort ? FEW : 1)) {
                rest = new ArrayList<>(
                        rest.stream().filter(literal -> !reach.finds(literal)).toList());
                all.add(new GramPass(reach.stride, reach.gram, found));
            }
        }
        passes = all.toArray(new GramPass[0]);
        each = rest.isEmpty() ? null : new TrigramPass(rest);
    }

    /** Uses {@link Matching#window} as scratch, so that reading characters is reading an array. */
    void find(String text, Matching matching) {
        // What folds to an ASCII character without being one is folded first; then the low bytes of characters will do.
        look(Folding.hasForeignAscii(text) ? Folding.fold(text) : text, text, matching);
    }

    @SuppressWarnings("deprecation") // it drops high bytes, which is what is wanted here
    private void look(String bytes, String text, Matching matching) {
        byte[] window = matching.window();
        int length = bytes.length();
        int last = 0;
        for (int from = 0; from < length; from += Matching.WINDOW) {
            int count = Math.min(Matching.WINDOW, length - from);
            int known = Math.min(count + Matching.AHEAD, length - from);
            bytes.getBytes(from, from + known, window, 0);
            for (GramPass pass : passes) {
                pass.find(window, count, known, text, from, matching);
            }
            if (each != null) {
                last = each.find(window, count, last, text, from, matching);
            }
        }
    }
}
