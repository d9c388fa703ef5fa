package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.rules.detection.Folding;

/**
 * Finds the literals that a text begins or ends with: a walk through a trie of folded characters from one edge, whose
 * steps are one look-up in a hash table each. Immutable.
 */
final class EdgeTrie {
    private static final Literal[] NONE = {};

    private final boolean fromEnd;
    private final long[] keys;
    private final int[] targets;
    private final Literal[][] outputs;

    /** @param fromEnd true for endings */
    EdgeTrie(List<Literal> literals, boolean fromEnd) {
        this.fromEnd = fromEnd;
        Map<Long, Integer> edges = new HashMap<>();
        List<List<Literal>> found = new ArrayList<>();
        found.add(new ArrayList<>());
        for (Literal literal : literals) {
            int node = 0;
            for (int i = 0; i < literal.text().length(); i++) {
                long edge = edge(node, Folding.fold(at(literal.text(), i)));
                Integer next = edges.get(edge);
                if (next == null) {
                    next = found.size();
                    edges.put(edge, next);
                    found.add(new ArrayList<>());
                }
                node = next;
            }
            found.get(node).add(literal);
        }
        outputs = new Literal[found.size()][];
        for (int node = 0; node < outputs.length; node++) {
            outputs[node] = found.get(node).toArray(NONE);
        }
        int size = Integer.highestOneBit(Math.max(4, edges.size() * 2 - 1)) * 2;
        keys = new long[size];
        targets = new int[size];
        edges.forEach((edge, target) -> {
            int slot = slot(edge);
            while (targets[slot] != 0) {
                slot = slot + 1 & size - 1;
            }
            keys[slot] = edge;
            targets[slot] = target;
        });
    }

    void find(String text, Matching matching) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            node = next(node, Folding.fold(at(text, i)));
            if (node == 0) {
                return;
            }
            for (Literal literal : outputs[node]) {
                if (!literal.cased() || standsAtEdge(text, literal.text())) {
                    literal.found(matching);
                }
            }
        }
    }

    private boolean standsAtEdge(String text, String literal) {
        return fromEnd ? text.endsWith(literal) : text.startsWith(literal);
    }

    private char at(String text, int step) {
        return text.charAt(fromEnd ? text.length() - 1 - step : step);
    }

    /** The node after that character, or 0 (no edge leads back to the root). */
    private int next(int node, char c) {
        long edge = edge(node, c);
        int slot = slot(edge);
        while (targets[slot] != 0) {
            if (keys[slot] == edge) {
                return targets[slot];
            }
            slot = slot + 1 & keys.length - 1;
        }
        return 0;
    }

    private static long edge(int node, char c) {
        return (long) node << Character.SIZE | c;
    }

    private int slot(long edge) {
        long mixed = edge * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & keys.length - 1;
    }
}
