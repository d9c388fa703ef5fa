package jp.hinomi.alerting.store;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the clocks of instances may be apart. What is dated later was written by a clock that ran ahead and was put right
 * since: it says nothing of what was told lately, and holds nothing back.
 */
public final class Skew {
    public static final Duration MOST = Duration.ofMinutes(1);

    private Skew() {}

    /** The latest time that another clock may have written until now. */
    public static Instant latest(Instant now) {
        return now.plus(MOST);
    }
}
