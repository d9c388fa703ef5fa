package jp.hinomi.correlation.job;

import java.io.Serializable;
import java.time.Duration;
import jp.hinomi.correlation.engine.Correlator;

/**
 * How the operators that correlate are laid out.
 *
 * @param levels of chained correlations that the job has operators for; 0 where nothing correlates and no rule can come
 * @param outOfOrder how far watermarks lie behind append times
 * @param stateBudget how many groups and matches one rule may remember in one subtask before it is put in quarantine
 */
public record CorrelateLimits(int levels, Duration outOfOrder, long stateBudget) implements Serializable {
    public CorrelateLimits {
        if (levels < 0 || levels > 16) {
            throw new IllegalArgumentException("levels of chained correlations are 0 to 16, not " + levels);
        }
        if (stateBudget < 1) {
            throw new IllegalArgumentException("a state budget of " + stateBudget + " leaves no room for any match");
        }
    }

    /** Just enough levels for rules that do not change. */
    public static CorrelateLimits of(Workspace workspace, Duration outOfOrder) {
        return new CorrelateLimits(workspace.correlations().levels(), outOfOrder, Correlator.Limits.USUAL_BUDGET);
    }
}
