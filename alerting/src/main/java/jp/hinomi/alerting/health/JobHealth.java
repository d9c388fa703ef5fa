package jp.hinomi.alerting.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the running job fares, as Flink tells.
 *
 * @param state as Flink names it: {@code RUNNING}, {@code RESTARTING}, {@code FAILED} …
 * @param restarts since it was submitted
 * @param checkpoints completed ones
 * @param failedCheckpoints of them since it was submitted
 * @param failure why it failed last, in one line
 * @param vertices its parts, in the order of the flow
 */
public record JobHealth(
        String id,
        String name,
        String state,
        Instant startedAt,
        OptionalLong restarts,
        long checkpoints,
        long failedCheckpoints,
        Optional<Checkpoint> last,
        Optional<Failure> failure,
        List<Vertex> vertices) {
    public JobHealth {
        vertices = List.copyOf(vertices);
    }

    /** The newest completed checkpoint. @param bytes of state, all in all */
    public record Checkpoint(long id, Instant completedAt, Duration took, long bytes) {}

    public record Failure(Instant at, String cause) {}

    /**
     * @param busy share of its time in which it works, 0 to 1
     * @param held share of its time in which what follows it does not take its records, 0 to 1: backpressure
     */
    public record Vertex(String name, int parallelism, String state, OptionalDouble busy, OptionalDouble held) {
        /** Of hundred, rounded; -1 if it is not known. */
        public long busyPercent() {
            return busy.isPresent() ? Math.round(busy.getAsDouble() * 100) : -1;
        }

        public long heldPercent() {
            return held.isPresent() ? Math.round(held.getAsDouble() * 100) : -1;
        }
    }

    public boolean isRunning() {
        return "RUNNING".equals(state);
    }
}
