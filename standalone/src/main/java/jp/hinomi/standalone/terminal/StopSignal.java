package jp.hinomi.standalone.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Ctrl-C, SIGTERM and SIGHUP (a terminal that was closed) as a wish that the program fulfils in good order, and not as the
 * end of the process. A second Ctrl-C ends it at once. Under {@code nohup} Java leaves SIGHUP ignored.
 */
public final class StopSignal {
    /** What a shell reports for a process that Ctrl-C ended. */
    private static final int ENDED_BY_INTERRUPT = 130;

    private final CountDownLatch wanted = new CountDownLatch(1);

    private StopSignal() {}

    public static StopSignal install() {
        StopSignal stop = new StopSignal();
        Signal.handle(new Signal("TERM"), signal -> stop.wanted.countDown());
        Signal.handle(new Signal("HUP"), signal -> stop.wanted.countDown());
        Signal.handle(new Signal("INT"), signal -> {
            if (stop.isWanted()) {
                Runtime.getRuntime().halt(ENDED_BY_INTERRUPT);
            }
            stop.wanted.countDown();
        });
        return stop;
    }

    public boolean isWanted() {
        return wanted.getCount() == 0;
    }

    /** True as soon as a stop is wanted; false if none is within that time. */
    public boolean await(Duration atMost) throws InterruptedException {
        return wanted.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
