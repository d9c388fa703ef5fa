package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import jp.hinomi.events.Alert;

/**
 * Matches from the newest to the oldest, at most one for each key (without a key: any number). Beyond what an alert can show they are kept without their
 * log events. Adding, replacing and dropping take constant time. Not thread-safe.
 */
final class NewestFirst implements Iterable<Match> {
    /** From so many on the evidence of the older ones is dropped, and again after as many more. */
    private static final int WITH_EVIDENCE = 2 * Alert.MAX_EVIDENCE;

    /** Up to so many keys are looked through; most groups hold few matches, and a map would be larger than those. */
    private static final int FEW = 16;

    /** Null while there are few. */
    private Map<String, Node> byKey;

    private Node newest;
    private Node oldest;
    private int size;
    private int sinceStripped;

    private static final class Node {
        private final String key;
        /** Of the key; tells nearly all of them apart without a look at them. */
        private final int hash;

        private Match match;
        private Node newer;
        private Node older;

        Node(String key, Match match) {
            this.key = key;
            this.hash = key == null ? 0 : key.hashCode();
            this.match = match;
        }
    }

    /** Puts the match at the front, in place of an earlier one of that key; true if there was none. */
    boolean put(String key, Match match) {
        Node node = new Node(key, match);
        Node replaced = key == null ? null : find(key);
        if (replaced != null) {
            unlink(replaced);
        }
        if (byKey != null && key != null) {
            byKey.put(key, node);
        }
        size++;
        node.older = newest;
        if (newest == null) {
            oldest = node;
        } else {
            newest.newer = node;
        }
        newest = node;
        if (byKey == null && key != null && size > FEW) {
            byKey = new HashMap<>();
            for (Node each = newest; each != null; each = each.older) {
                byKey.put(each.key, each);
            }
        }
        if (++sinceStripped >= Alert.MAX_EVIDENCE && size >= WITH_EVIDENCE) {
            strip();
        }
        return replaced == null;
    }

    private void unlink(Node node) {
        size--;
        if (node.newer == null) {
            newest = node.older;
        } else {
            node.newer.older = node.older;
        }
        if (node.older == null) {
            oldest = node.newer;
        } else {
            node.older.newer = node.newer;
        }
    }

    /** Walks from what an alert shows to what has no evidence already: as many steps as were added since. */
    private void strip() {
        sinceStripped = 0;
        Node node = newest;
        for (int i = 0; i < Alert.MAX_EVIDENCE; i++) {
            node = node.older;
        }
        for (int i = 0; i < WITH_EVIDENCE && node != null; i++) {
            node.match = node.match.stripped();
            node = node.older;
        }
    }

    void dropOldest() {
        if (byKey != null && oldest.key != null) {
            byKey.remove(oldest.key);
        }
        unlink(oldest);
    }

    /** Drops matches of {@code time} and before. */
    void dropUntil(long time) {
        while (oldest != null && oldest.match.time() <= time) {
            dropOldest();
        }
    }

    /** The match of that key, or null. */
    Match get(String key) {
        Node node = find(key);
        return node == null ? null : node.match;
    }

    private Node find(String key) {
        if (byKey != null) {
            return byKey.get(key);
        }
        int hash = key.hashCode();
        Node node = newest;
        while (node != null && (node.hash != hash || !node.key.equals(key))) {
            node = node.older;
        }
        return node;
    }

    /** There must be one. */
    Match newest() {
        return newest.match;
    }

    int size() {
        return size;
    }

    /** Oldest first, each once, as {@link Accumulator#retained()} wants it. */
    List<Match> inOrder() {
        List<Match> matches = new ArrayList<>(size);
        for (Match match : this) {
            if (matches.isEmpty() || matches.get(matches.size() - 1) != match) {
                matches.add(match);
            }
        }
        Collections.reverse(matches);
        return matches;
    }

    @Override
    public Iterator<Match> iterator() {
        return new Iterator<>() {
            private Node next = newest;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Match next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                Match match = next.match;
                next = next.older;
                return match;
            }
        };
    }
}
