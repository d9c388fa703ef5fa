package jp.hinomi.rules.match;

import jp.hinomi.events.SecurityEvent;

/**
 * What is known about one event while an {@link Engine} looks at it. Truth is stamped with the number of the event, so
 * nothing is cleared between events. One per engine and thread.
 */
final class Matching {
    /** Characters of a text that are looked at together. */
    static final int WINDOW = 512;

    /** How many of those that follow are read, too, for what begins in the window. */
    static final int AHEAD = Gram.LONGEST;

    private final Engine engine;
    private final int[] found;
    private final int[] hit;
    private final int[] touched;
    private final int[] evaluated;
    private final long[] awake;
    private final byte[] window = new byte[WINDOW + AHEAD];
    private int epoch;
    private SecurityEvent event;

    Matching(Engine engine) {
        this.engine = engine;
        this.found = new int[engine.literals()];
        this.hit = new int[engine.predicates()];
        this.touched = new int[engine.predicates()];
        this.evaluated = new int[engine.predicates()];
        this.awake = new long[(engine.rules() + Long.SIZE - 1) / Long.SIZE];
    }

    void begin(SecurityEvent next) {
        event = next;
        if (++epoch == 0) {
            // After 2^32 events old stamps could be taken for new ones.
            java.util.Arrays.fill(found, 0);
            java.util.Arrays.fill(hit, 0);
            java.util.Arrays.fill(touched, 0);
            java.util.Arrays.fill(evaluated, 0);
            epoch = 1;
        }
        System.arraycopy(engine.alwaysAwake(), 0, awake, 0, awake.length);
    }

    /** Scratch for whoever reads a text; what it holds is nobody's. */
    byte[] window() {
        return window;
    }

    SecurityEvent event() {
        return event;
    }

    /** Whether the literal was found in this event. */
    boolean isFound(int literal) {
        return found[literal] == epoch;
    }

    /** The literal was found; true if it was not before. */
    boolean isFirst(int literal) {
        if (found[literal] == epoch) {
            return false;
        }
        found[literal] = epoch;
        return true;
    }

    /** The predicate holds. */
    void hit(int predicate) {
        if (hit[predicate] != epoch) {
            hit[predicate] = epoch;
            touch(predicate);
        }
    }

    /** The predicate may hold: a literal that it requires is there. */
    void touch(int predicate) {
        if (touched[predicate] != epoch) {
            touched[predicate] = epoch;
            wake(engine.wokenBy(predicate));
        }
    }

    void wake(int[] rules) {
        for (int rule : rules) {
            awake[rule >>> 6] |= 1L << rule;
        }
    }

    /** Rules worth evaluating, 64 to a word. */
    long awake(int word) {
        return awake[word];
    }

    int words() {
        return awake.length;
    }

    /** Whether the predicate holds; what literals have not settled is evaluated once, now. */
    boolean holds(int predicate) {
        if (hit[predicate] == epoch) {
            return true;
        }
        if (evaluated[predicate] == epoch) {
            return false;
        }
        evaluated[predicate] = epoch;
        Residual residual = engine.residual(predicate);
        if (residual != null && residual.holds(event, touched[predicate] == epoch)) {
            hit[predicate] = epoch;
            return true;
        }
        return false;
    }
}
