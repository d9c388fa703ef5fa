package jp.hinomi.correlation.engine;

import com.espertech.esper.common.client.configuration.Configuration;

/**
 * The EPL of a correlation. Aggregations of our own evaluate: bounded, driven by event time only, and restored by feeding
 * what they retain. Select nothing but the group and the aggregate: with any other property {@code reclaim_group_aged} throws
 * at every sweep.
 */
final class Epl {
    /** How long Esper keeps a group that receives nothing, and how often it looks for such groups, in seconds. */
    private static final String AGE = "hinomi_group_age";

    private static final String SWEEP = "hinomi_group_sweep";

    private Epl() {}

    /**
     * The module; the same for all correlations of a form, so that it is compiled once for all of them, and those of a timespan
     * share a runtime.
     */
    static String of(Correlation correlation) {
        String function = Aggregation.call(correlation.form());
        return """
                @Hint('reclaim_group_aged=%s,reclaim_group_freq=%s')
                @name('correlation')
                select cell, %s as hit from HinomiMatch as m group by cell having %s is not null;
                """.formatted(AGE, SWEEP, function, function);
    }

    /** The times in a module, which are those of the runtime. @param timespan of its correlations, in milliseconds */
    static void addTimes(Configuration configuration, long timespan) {
        double seconds = Math.max(1, timespan / 1000.0);
        configuration.getCommon().addVariable(AGE, double.class, 2 * seconds);
        configuration.getCommon().addVariable(SWEEP, double.class, seconds / 2);
    }
}
