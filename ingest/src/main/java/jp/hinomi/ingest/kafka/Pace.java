package jp.hinomi.ingest.kafka;

import java.util.concurrent.locks.LockSupport;

/** Keeps a sender from being faster than it should: the nth thing is due n / rate after the start. */
final class Pace {
    private final double perSecond;
    private final long startNanos;

    /** @param perSecond 0 for no limit */
    Pace(double perSecond, long startNanos) {
        this.perSecond = perSecond;
        this.startNanos = startNanos;
    }

    /** How many nanoseconds are left at {@code nowNanos} until the thing with that number, from 0, is due. */
    long nanosUntil(long number, long nowNanos) {
        return perSecond == 0 ? 0 : Math.max(0, startNanos + (long) (number / perSecond * 1e9) - nowNanos);
    }

    void await(long number) {
        long nanos = nanosUntil(number, System.nanoTime());
        while (nanos > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanos);
            nanos = nanosUntil(number, System.nanoTime());
        }
    }
}
