package jp.hinomi.correlation.engine;

import java.util.Locale;

/**
 * The EPL of a correlation. Aggregations of our own evaluate: bounded, driven by event time only, and restored by feeding
 * what they retain. Select nothing but the group and the aggregate: with any other property {@code reclaim_group_aged} throws
 * at every sweep.
 */
final class Epl {
    private Epl() {}

    /** The module; the same for all correlations of a form and a timespan, so that they share one runtime. */
    static String of(Correlation correlation) {
        String function = Aggregation.call(correlation.form());
        double seconds = Math.max(1, correlation.timespan() / 1000.0);
        return String.format(Locale.ROOT, """
                @Hint('reclaim_group_aged=%.3f,reclaim_group_freq=%.3f')
                @name('correlation')
                select cell, %s as hit from HinomiMatch as m group by cell having %s is not null;
                """, 2 * seconds, seconds / 2, function, function);
    }
}
