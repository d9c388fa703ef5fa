package jp.hinomi.alerting.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open streams to browsers. Each has what it is still to be sent in a queue of its own, so that one that reads nothing
 * holds up nobody: a write to it blocks one thread until the connection's time is over, and no other browser waits for that
 * thread. What would overflow a queue becomes one word: look for yourself. Thread-safe.
 */
final class Browsers {
    private static final Logger LOG = LoggerFactory.getLogger(Browsers.class);

    /** Streams at a time; each may keep a thread busy. */
    static final int MOST = 200;

    /** Changed alerts that wait for one browser. */
    private static final int LONGEST_QUEUE = 256;

    /** A stream that nobody reads is given up with the process. */
    private static final Duration END_WITHIN = Duration.ofSeconds(2);

    private final Map<SseEmitter, Line> lines = new ConcurrentHashMap<>();
    private boolean closed;
    private final ExecutorService writers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "alerting-live-write");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * The stream of a new browser; empty if there are too many already, or if all are ended.
     *
     * @param session that it was opened in: see {@link #keepOnly}
     */
    Optional<SseEmitter> open(String session) {
        SseEmitter emitter = new SseEmitter(0L);
        synchronized (lines) {
            if (closed || lines.size() >= MOST) {
                return Optional.empty();
            }
            lines.put(emitter, new Line(emitter, session));
        }
        emitter.onCompletion(() -> lines.remove(emitter));
        emitter.onError(error -> lines.remove(emitter));
        return Optional.of(emitter);
    }

    /** Adds an event to the stream. */
    void send(SseEmitter emitter, Supplier<SseEmitter.SseEventBuilder> event) {
        Line line = lines.get(emitter);
        if (line != null) {
            line.add(event);
        }
    }

    void sendAll(Supplier<SseEmitter.SseEventBuilder> event) {
        lines.values().forEach(line -> line.add(event));
    }

    /** Tells all that an alert changed; one that has not heard the last time yet hears it once. */
    void changed(String alertId) {
        lines.values().forEach(line -> line.changed(alertId));
    }

    /** Ends the streams of all other sessions. @param goingOn says which of some sessions go on */
    void keepOnly(UnaryOperator<Set<String>> goingOn) {
        Set<String> open = lines.values().stream().map(line -> line.session).collect(Collectors.toSet());
        if (open.isEmpty()) {
            return;
        }
        Set<String> kept = goingOn.apply(open);
        lines.forEach((emitter, line) -> {
            if (!kept.contains(line.session)) {
                lines.remove(emitter);
                // To one that reads nothing this waits, so not here.
                execute(() -> end(emitter));
            }
        });
    }

    private static void end(SseEmitter emitter) {
        try {
            emitter.complete();
        } catch (IllegalStateException e) {
            LOG.debug("a browser was gone already", e);
        }
    }

    /** Ends all streams, and waits for none that nobody reads. Nothing is sent afterwards. */
    void closeAll() {
        synchronized (lines) {
            closed = true;
        }
        lines.keySet().forEach(emitter -> execute(() -> end(emitter)));
        writers.shutdown();
        try {
            if (!writers.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("some browsers do not read the end of their stream");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writers.shutdownNow();
    }

    private void execute(Runnable task) {
        try {
            writers.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("all streams are ended", e);
        }
    }

    /** What one browser is still to be sent. */
    private final class Line {
        private final SseEmitter emitter;
        private final String session;
        private final Queue<Supplier<SseEmitter.SseEventBuilder>> events = new ArrayDeque<>();
        private final LinkedHashSet<String> alerts = new LinkedHashSet<>();
        private boolean overflown;
        private boolean writing;

        Line(SseEmitter emitter, String session) {
            this.emitter = emitter;
            this.session = session;
        }

        synchronized void add(Supplier<SseEmitter.SseEventBuilder> event) {
            if (events.size() < LONGEST_QUEUE) {
                events.add(event);
            }
            begin();
        }

        synchronized void changed(String alertId) {
            if (alerts.size() >= LONGEST_QUEUE) {
                alerts.clear();
                overflown = true;
            }
            if (!overflown) {
                alerts.add(alertId);
            }
            begin();
        }

        private void begin() {
            if (!writing) {
                writing = true;
                execute(this::write);
            }
        }

        private synchronized Supplier<SseEmitter.SseEventBuilder> next() {
            Supplier<SseEmitter.SseEventBuilder> event = events.poll();
            if (event != null) {
                return event;
            }
            if (overflown) {
                overflown = false;
                return () -> SseEmitter.event().name("resync").data("");
            }
            if (!alerts.isEmpty()) {
                String id = alerts.iterator().next();
                alerts.remove(id);
                return () -> SseEmitter.event().name("alert").data(id);
            }
            writing = false;
            return null;
        }

        private void write() {
            try {
                for (var event = next(); event != null; event = next()) {
                    emitter.send(event.get());
                }
            } catch (IOException | IllegalStateException e) {
                LOG.debug("a browser has gone", e);
                lines.remove(emitter);
            }
        }
    }
}
