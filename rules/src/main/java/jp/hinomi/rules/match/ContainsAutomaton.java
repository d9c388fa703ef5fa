package jp.hinomi.rules.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/**
 * Finds all literals inside a text in one pass: an Aho–Corasick automaton as a dense table over {@link CharacterClasses}.
 *
 * <p>A long literal is represented by the piece of it that is rarest among all literals, and compared as a whole where
 * that piece is found; so the table grows with the number of literals, not with their length. States are numbered so that
 * those with something to report come last. Immutable.
 */
final class ContainsAutomaton {
    /** Length of pieces; shorter ones make a smaller table and more comparisons. */
    private static final int PIECE_FEW = 6;

    private static final int PIECE_MANY = 4;
    private static final int MANY = 2_000;

    /** A literal and where its piece stands in it. */
    private record Entry(Literal literal, int offset, int length) {}

    private final CharacterClasses classes;
    private final int width;
    private final int[] next;
    private final int firstOutput;
    private final Entry[][] outputs;

    ContainsAutomaton(List<Literal> literals) {
        List<Entry> entries = entries(literals);
        List<String> pieces = entries.stream().map(ContainsAutomaton::piece).toList();
        classes = new CharacterClasses(pieces);
        width = classes.count();
        Trie trie = new Trie();
        for (int i = 0; i < entries.size(); i++) {
            trie.add(pieces.get(i), entries.get(i));
        }
        trie.complete();
        int states = trie.outputs.size();
        int[] number = new int[states];
        int quiet = 0;
        for (int state = 0; state < states; state++) {
            if (trie.outputs.get(state).isEmpty()) {
                number[state] = quiet++;
            }
        }
        firstOutput = quiet * width;
        int loud = quiet;
        for (int state = 0; state < states; state++) {
            if (!trie.outputs.get(state).isEmpty()) {
                number[state] = loud++;
            }
        }
        next = new int[states * width];
        outputs = new Entry[states - quiet][];
        for (int state = 0; state < states; state++) {
            for (int c = 0; c < width; c++) {
                next[number[state] * width + c] = number[trie.edges.get(state)[c]] * width;
            }
            if (number[state] >= quiet) {
                outputs[number[state] - quiet] = trie.outputs.get(state).toArray(new Entry[0]);
            }
        }
    }

    void find(String text, Matching matching) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next[state + classes.of(text.charAt(i))];
            if (state >= firstOutput) {
                report(text, i, outputs[(state - firstOutput) / width], matching);
            }
        }
    }

    private static void report(String text, int last, Entry[] entries, Matching matching) {
        for (Entry entry : entries) {
            Literal literal = entry.literal;
            if (!literal.isSettled(matching)
                    && (entry.length == literal.text().length() && !literal.cased()
                            || Folding.standsAt(
                                    text, last - entry.length + 1 - entry.offset, literal.text(), literal.cased()))) {
                literal.found(matching);
            }
        }
    }

    private static String piece(Entry entry) {
        return Folding.fold(entry.literal.text().substring(entry.offset, entry.offset + entry.length));
    }

    /** Chooses for each literal the piece that the fewest others have, too. */
    private static List<Entry> entries(List<Literal> literals) {
        int longest = literals.size() > MANY ? PIECE_MANY : PIECE_FEW;
        Map<String, Integer> frequency = new HashMap<>();
        for (Literal literal : literals) {
            String folded = Folding.fold(literal.text());
            for (int at = 0; at + longest <= folded.length(); at++) {
                frequency.merge(folded.substring(at, at + longest), 1, Integer::sum);
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Literal literal : literals) {
            String folded = Folding.fold(literal.text());
            int best = 0;
            int fewest = Integer.MAX_VALUE;
            for (int at = 0; at + longest <= folded.length(); at++) {
                int others = frequency.get(folded.substring(at, at + longest));
                if (others < fewest) {
                    fewest = others;
                    best = at;
                }
            }
            entries.add(new Entry(literal, best, Math.min(longest, folded.length())));
        }
        return entries;
    }

    /** The automaton while it is built. */
    private final class Trie {
        final List<int[]> edges = new ArrayList<>();
        final List<List<Entry>> outputs = new ArrayList<>();

        Trie() {
            newState();
        }

        private int newState() {
            int[] none = new int[width];
            Arrays.fill(none, -1);
            edges.add(none);
            outputs.add(new ArrayList<>(0));
            return edges.size() - 1;
        }

        void add(String piece, Entry entry) {
            int state = 0;
            for (int i = 0; i < piece.length(); i++) {
                int c = classes.of(piece.charAt(i));
                int target = edges.get(state)[c];
                if (target < 0) {
                    target = newState();
                    edges.get(state)[c] = target;
                }
                state = target;
            }
            outputs.get(state).add(entry);
        }

        /** Turns missing edges into those of the longest suffix that is also a beginning. */
        void complete() {
            int[] fail = new int[edges.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            int[] root = edges.get(0);
            for (int c = 0; c < width; c++) {
                if (root[c] < 0) {
                    root[c] = 0;
                } else {
                    queue.add(root[c]);
                }
            }
            while (!queue.isEmpty()) {
                int state = queue.remove();
                outputs.get(state).addAll(outputs.get(fail[state]));
                int[] own = edges.get(state);
                int[] shorter = edges.get(fail[state]);
                for (int c = 0; c < width; c++) {
                    if (own[c] < 0) {
                        own[c] = shorter[c];
                    } else {
                        fail[own[c]] = shorter[c];
                        queue.add(own[c]);
                    }
                }
            }
        }
    }
}
