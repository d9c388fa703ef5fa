package jp.hinomi.correlation.detect;

import java.util.List;
import java.util.function.Consumer;
import jp.hinomi.events.Alert;
import jp.hinomi.events.document.Problem;

/** Detection over log files, with the job's own operators. */
public final class Detection {
    private Detection() {}

    /**
     * Runs to the end of the files. The event time is the clock; it stops at the last event, so windows still open then
     * are not judged.
     *
     * @param alerts receives each alert once, at its last revision, in order of time, rule, group; called from this thread
     * @throws jp.hinomi.events.document.ProblemsException if the city cannot be used or no rule can
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    public static Summary run(DetectSettings settings, Consumer<Alert> alerts) {
        throw new IllegalStateException("being written");
    }

    /**
     * @param events lines that were decoded
     * @param rejected lines that were not
     * @param alerts how many alerts there are
     * @param problems what is wrong with single rules, which were left out
     */
    public record Summary(long events, long rejected, long alerts, List<Problem> problems) {
        public Summary {
            problems = List.copyOf(problems);
        }
    }
}
