package jp.hinomi.correlation.retro;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks new indicators up in the past for as long as it runs, in a thread of its own. A broker that is away is waited for.
 * Two at the same time do the work twice, and write the same.
 */
public final class RetroWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetroWatch.class);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final RetroSettings settings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private RetroWatch(RetroSettings settings) {
        this.settings = settings;
        this.thread = new Thread(this::run, "hinomi-intel-retro");
        thread.setDaemon(true);
    }

    /** Begins where the last one stopped; the topics have to exist. */
    public static RetroWatch start(RetroSettings settings) {
        RetroWatch watch = new RetroWatch(settings);
        watch.thread.start();
        return watch;
    }

    private void run() {
        boolean failing = false;
        while (!isClosed()) {
            try (RetroReader reader = new RetroReader(settings, this::isClosed)) {
                reader.begin();
                failing = false;
                while (!isClosed()) {
                    reader.step();
                }
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException e) {
                if (!failing && !isClosed()) {
                    failing = true;
                    LOG.warn("New threat intelligence could not be looked up in the past; it is tried again.", e);
                }
                pause();
            }
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what is under way at once; the next start begins it again. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
