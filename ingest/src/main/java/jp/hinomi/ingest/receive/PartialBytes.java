package jp.hinomi.ingest.receive;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all connections together may hold of messages whose end has not come. Thread-safe. */
final class PartialBytes {
    private final AtomicLong reserved = new AtomicLong();
    private final long limit;

    PartialBytes(long limit) {
        this.limit = limit;
    }

    boolean tryReserve(long bytes) {
        if (reserved.addAndGet(bytes) > limit) {
            reserved.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    long reserved() {
        return reserved.get();
    }
}
