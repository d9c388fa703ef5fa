package jp.hinomi.standalone.up;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops parts in turn, each within its time: one that hangs delays the others, but does not keep them running. */
final class Stopping {
    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    private record Part(String name, AutoCloseable part, Duration atMost) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** What is added first stops first. Null is nothing to stop. */
    Stopping then(String name, AutoCloseable part, Duration atMost) {
        if (part != null) {
            parts.add(new Part(name, part, atMost));
        }
        return this;
    }

    void run() {
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            stop(part);
        }
    }

    private static void stop(Part part) {
        long began = System.nanoTime();
        Thread thread = new Thread(
                () -> {
                    try {
                        part.part().close();
                    } catch (Exception e) {
                        LOG.warn("{} did not stop in good order", part.name(), e);
                    }
                },
                "stop-" + part.name());
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(part.atMost().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} did not stop within {} s", part.name(), part.atMost().toSeconds());
        } else {
            LOG.info("{} stopped after {} ms", part.name(), (System.nanoTime() - began) / 1_000_000);
        }
    }
}
