package jp.hinomi.correlation.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.document.Problem;

/** A submitted job. Thread-safe. */
public interface RunningJob {
    /** Flink's id of the job, 32 hex digits. */
    String id();

    /** What is wrong with single rules, which were left out. */
    List<Problem> problems();

    /** The checkpoint or savepoint it resumed from, if it did. */
    Optional<String> resumedFrom();

    State state();

    /** Why it failed last, with causes, in one line; also while it is restarting. Empty if it never did. */
    Optional<String> failure();

    /**
     * Waits until all tasks run.
     *
     * @throws IllegalStateException if the job ends or the time is over before; the message names the cause
     */
    void awaitRunning(Duration atMost) throws InterruptedException;

    enum State {
        STARTING,
        RUNNING,
        RESTARTING,
        FAILED,
        ENDED
    }
}
