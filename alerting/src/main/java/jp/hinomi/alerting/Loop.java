package jp.hinomi.alerting;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that works while there is work, rests until it is woken or a moment has passed, and survives what goes wrong: a
 * database that is away is an error in the log and another try, not the end.
 */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final String name;
    private final BooleanSupplier step;
    private final Supplier<Duration> rest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;
    private boolean work;
    private volatile boolean resting;
    private volatile boolean stopping;

    /** @param step does one piece of work; false if there was none */
    Loop(String name, BooleanSupplier step, Duration rest) {
        this(name, step, () -> rest);
    }

    /** @param rest asked whenever a rest begins */
    Loop(String name, BooleanSupplier step, Supplier<Duration> rest) {
        this.name = name;
        this.step = step;
        this.rest = rest;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        lock.lock();
        try {
            work = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it waits for work. */
    boolean isResting() {
        return resting;
    }

    /** Tells it to end after the piece of work that is under way. */
    void stop() {
        stopping = true;
        wake();
    }

    /** Lets the piece of work that is under way finish, for at most that long. */
    void awaitEnd(Duration patience) throws InterruptedException {
        thread.join(Math.max(1, patience.toMillis()));
        thread.interrupt();
    }

    private void run() {
        while (!stopping) {
            boolean more;
            try {
                more = step.getAsBoolean();
            } catch (RuntimeException e) {
                if (stopping) {
                    return;
                }
                LOG.warn("{}: {}; trying again", name, e.getMessage());
                LOG.debug("{}", name, e);
                more = false;
            }
            if (!more) {
                restOrWake();
            }
        }
    }

    private void restOrWake() {
        lock.lock();
        try {
            if (!work && !stopping) {
                Duration time = rest.get();
                resting = true;
                woken.awaitNanos(time.toNanos());
            }
            work = false;
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        } finally {
            resting = false;
            lock.unlock();
        }
    }
}
