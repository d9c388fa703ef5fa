package jp.hinomi.benchmarks.engine;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What something cost. Processor time rather than wall clock where possible: it says the same on a machine that is shared.
 *
 * @param cpuNanos of this thread, or of the whole process
 * @param allocatedBytes of this thread; 0 for the whole process
 * @param wallNanos elapsed
 */
record Cost(long cpuNanos, long allocatedBytes, long wallNanos) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What this thread has cost so far. */
    static Cost ofThread() {
        return new Cost(
                THREADS.getCurrentThreadCpuTime(),
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()),
                System.nanoTime());
    }

    /** What this process has cost so far, all its threads together: job, broker, garbage collection, compiler. */
    static Cost ofProcess() {
        return new Cost(PROCESS.getProcessCpuTime(), 0, System.nanoTime());
    }

    Cost since(Cost before) {
        return new Cost(
                cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes, wallNanos - before.wallNanos);
    }
}
