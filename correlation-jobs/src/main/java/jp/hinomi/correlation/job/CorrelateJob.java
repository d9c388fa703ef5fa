package jp.hinomi.correlation.job;

import java.util.List;
import jp.hinomi.events.document.Problem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The Flink job {@code correlate}: logs in, alerts out. */
public final class CorrelateJob {
    private CorrelateJob() {}

    /**
     * Adds the job's operators to {@code env}.
     *
     * @return what is wrong with single rules, which are left out while the others run
     * @throws jp.hinomi.events.document.ProblemsException if the city cannot be used
     */
    public static List<Problem> build(StreamExecutionEnvironment env, JobSettings settings) {
        throw new IllegalStateException("being written");
    }
}
