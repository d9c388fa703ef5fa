package jp.hinomi.ingest.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What one call may cost: processor time and memory in proportion to its input. Decoders need 45 bytes of memory per byte at
 * most; the fuzzer's watching adds up to 200, and much time. What grows with the square of the input is far beyond it at 64 KiB.
 */
public final class Cost {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long NANOS_PER_BYTE = TimeUnit.MICROSECONDS.toNanos(5);
    private static final long BYTES = 1L << 20;
    private static final long BYTES_PER_BYTE = 1_000;

    /** How often a call may cost too much before it is called a finding: the first may load and compile. */
    private static final int TRIES = 3;

    private Cost() {}

    /** @throws AssertionError if the call costs too much again and again */
    public static void check(int inputBytes, Runnable call) {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && isTooMuch(inputBytes, nanos, bytes); i++) {
            long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            long before = THREADS.getCurrentThreadCpuTime();
            call.run();
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
        }
        if (isTooMuch(inputBytes, nanos, bytes)) {
            throw new AssertionError("%d bytes of input cost %d ms of processor time and %d KiB of memory"
                    .formatted(inputBytes, TimeUnit.NANOSECONDS.toMillis(nanos), bytes >> 10));
        }
    }

    private static boolean isTooMuch(int inputBytes, long nanos, long bytes) {
        return nanos > NANOS + NANOS_PER_BYTE * inputBytes || bytes > BYTES + BYTES_PER_BYTE * inputBytes;
    }
}
