package jp.hinomi.alerting;

import java.time.Duration;
import java.time.InstantSource;
import jp.hinomi.alerting.drill.Drills;

/** Begins exercises when their time has come, on every instance. */
final class DrillLoop implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Loop loop;

    DrillLoop(Drills drills, InstantSource clock) {
        this.loop = new Loop("alerting-drills", () -> drills.beginNext(clock.instant()), REST);
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        try {
            loop.stop();
            loop.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
