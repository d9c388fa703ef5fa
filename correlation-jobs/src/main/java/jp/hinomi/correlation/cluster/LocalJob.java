package jp.hinomi.correlation.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.hinomi.events.document.Problem;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job of a {@link LocalCluster}. */
final class LocalJob implements RunningJob {
    private static final Logger LOG = LoggerFactory.getLogger(LocalJob.class);
    private static final long POLL_MILLIS = 50;

    private final MiniCluster flink;
    private final JobID id;
    private final List<Problem> problems;
    private final Optional<String> resumedFrom;

    LocalJob(MiniCluster flink, JobID id, List<Problem> problems, Optional<String> resumedFrom) {
        this.flink = flink;
        this.id = id;
        this.problems = List.copyOf(problems);
        this.resumedFrom = resumedFrom;
    }

    @Override
    public String id() {
        return id.toHexString();
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public Optional<String> resumedFrom() {
        return resumedFrom;
    }

    private AccessExecutionGraph graph() {
        return Waiting.on(flink.getExecutionGraph(id), "answer about the job " + id);
    }

    @Override
    public State state() {
        AccessExecutionGraph graph = graph();
        return switch (graph.getState()) {
            case INITIALIZING, CREATED, RECONCILING -> State.STARTING;
            case RUNNING -> allRun(graph) ? State.RUNNING : State.STARTING;
            case FAILING, RESTARTING, SUSPENDED -> State.RESTARTING;
            case FAILED -> State.FAILED;
            case CANCELLING, CANCELED, FINISHED -> State.ENDED;
        };
    }

    private static boolean allRun(AccessExecutionGraph graph) {
        for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(graph().getFailureInfo())
                .map(info -> Causes.line(
                        info.getException().deserializeError(getClass().getClassLoader())));
    }

    @Override
    public void awaitRunning(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        State state = state();
        while (state != State.RUNNING) {
            if (state == State.FAILED || state == State.ENDED || System.nanoTime() > deadline) {
                throw new IllegalStateException("the job is " + state + " after " + atMost + " at most: "
                        + failure().orElse("no task failed, it is only slow"));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            state = state();
        }
    }

    /** Saves once more, so that little is done twice after the next start, and cancels; waits until it has ended. */
    void stop() {
        if (graph().getState().isGloballyTerminalState()) {
            return;
        }
        if (state() == State.RUNNING) {
            save();
        }
        Waiting.on(flink.cancelJob(id), "end of the job " + id);
        Waiting.on(flink.requestJobResult(id).thenApply(result -> JobStatus.CANCELED), "end of the job " + id);
    }

    private void save() {
        try {
            flink.triggerCheckpoint(id).get(15, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("No last checkpoint; the next start repeats a few seconds, alerts keep their ids.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
