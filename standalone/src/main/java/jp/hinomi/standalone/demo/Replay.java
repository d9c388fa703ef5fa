package jp.hinomi.standalone.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the hour with its stories, then ordinary hours, each line at its time, until it is closed. */
final class Replay implements AutoCloseable {
    static final double COMPRESSION = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final long SEED = 20260401;
    private static final ZoneId CITY = ZoneId.of("Asia/Tokyo");
    /** After the hour, the city goes on at a quieter pace. */
    private static final double AFTERWARDS = 12;

    private final LogTransport transport;
    private final Consumer<Story> storyBegins;
    private final Runnable hourIsOver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "demo-replay");

    /** @param storyBegins called from the sending thread, as is {@code hourIsOver} */
    Replay(LogTransport transport, Consumer<Story> storyBegins, Runnable hourIsOver) {
        this.transport = transport;
        this.storyBegins = storyBegins;
        this.hourIsOver = hourIsOver;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            List<Story> stories = new ArrayList<>(Stories.all());
            List<TimedLine> lines = new ArrayList<>(OrdinaryHour.lines(SEED, COMPRESSION));
            stories.forEach(story -> lines.addAll(story.lines()));
            lines.sort(Comparator.comparing(TimedLine::after));
            boolean goOn = send(lines, stories);
            if (goOn) {
                hourIsOver.run();
            }
            for (long hour = 1; goOn; hour++) {
                goOn = send(OrdinaryHour.lines(SEED + hour, AFTERWARDS), List.of());
            }
        } catch (IOException e) {
            LOG.error("the replay ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if it was told to end before the last line */
    private boolean send(List<TimedLine> lines, List<Story> stories) throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<Story> untold = new ArrayList<>(stories);
        for (TimedLine line : lines) {
            Duration left = line.after().minusNanos(System.nanoTime() - began);
            if (ended.await(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)) {
                return false;
            }
            untold.removeIf(story -> {
                boolean begins = story.begins().compareTo(line.after()) <= 0;
                if (begins) {
                    storyBegins.accept(story);
                }
                return begins;
            });
            var now = Instant.now().atZone(CITY);
            transport.send(line.source(), line.text().apply(now), now);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        ended.countDown();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.close();
    }
}
