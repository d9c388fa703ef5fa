package jp.hinomi.correlation.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bounded waits for Flink's answers. */
final class Waiting {
    private static final long SECONDS = 60;

    private Waiting() {}

    static <T> T on(CompletableFuture<T> answer, String what) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no " + what + ": " + Causes.line(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no " + what + " within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
