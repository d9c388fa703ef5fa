package jp.hinomi.rules.match;

import jp.hinomi.events.SecurityEvent;

/**
 * What is known about one event while an {@link Engine} looks at it. Truth is stamped with the number of the event, so
 * nothing is cleared between events. One per engine and thread.
 */
final class Matching {
    private final Engine engine;
    private final int[] hit;
    private final int[] touched;
    private final int[] evaluated;
    private final long[] awake;
    private int epoch;
    private SecurityEvent event;

    Matching(Engine engine) {
        this.engine = engine;
        this.hit = new int[engine.predicates()];
        this.touched = new int[engine.predicates()];
        this.evaluated = new int[engine.predicates()];
        this.awake = new long[(engine.rules() + Long.SIZE - 1) / Long.SIZE];
    }

    void begin(SecurityEvent next) {
        event = next;
        if (++epoch == 0) {
            // After 2^32 events old stamps could be taken for new ones.
            java.util.Arrays.fill(hit, 0);
            java.util.Arrays.fill(touched, 0);
            java.util.Arrays.fill(evaluated, 0);
            epoch = 1;
        }
        System.arraycopy(engine.alwaysAwake(), 0, awake, 0, awake.length);
    }

    SecurityEvent event() {
        return event;
    }

    boolean isHit(int predicate) {
        return hit[predicate] == epoch;
    }

    boolean isTouched(int predicate) {
        return touched[predicate] == epoch;
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
