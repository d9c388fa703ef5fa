package jp.hinomi.benchmarks.engine;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Processor time of this process by what its threads are for. Those of the virtual machine are read from Linux ({@code
 * /proc/self/task}, see proc(5)); elsewhere they count as others. What has ended meanwhile counts as others too; whoever asks does not count.
 */
record ThreadTimes(Map<Use, Long> nanos) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path TASKS = Path.of("/proc/self/task");

    /** What a thread is for. */
    enum Use {
        READ("read, decode, match"),
        FETCH("Kafka fetch"),
        CORRELATE("correlate"),
        ALERTS("alerts"),
        BROKER("broker"),
        COLLECT("garbage"),
        COMPILE("compiler"),
        OTHER("others");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }

        private static Use ofJavaThread(String name) {
            if (name.startsWith("Source Data Fetcher")) {
                return FETCH;
            } else if (name.startsWith("Source: ")) {
                return READ;
            } else if (name.startsWith("correlate")) {
                return CORRELATE;
            } else if (name.startsWith("alerts: ") || name.startsWith("kafka-producer-network-thread")) {
                return ALERTS;
            } else if (name.startsWith("data-plane-kafka")) {
                return BROKER;
            }
            return OTHER;
        }

        /** @param name its first fifteen characters; null if it is not one that we tell apart */
        private static Use ofMachineThread(String name) {
            if (name.startsWith("G1 ") || name.startsWith("GC Thread")) {
                return COLLECT;
            }
            return name.startsWith("C1 Comp") || name.startsWith("C2 Comp") ? COMPILE : null;
        }
    }

    static ThreadTimes now() {
        Map<Use, Long> nanos = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            nanos.put(use, 0L);
        }
        long[] ids = THREADS.getAllThreadIds();
        ThreadInfo[] infos = THREADS.getThreadInfo(ids);
        long[] times = THREADS.getThreadCpuTime(ids);
        long known = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == Thread.currentThread().getId()) {
                known += Math.max(0, times[i]); // whoever asks is not what is measured
            } else if (infos[i] != null && times[i] > 0) {
                Use use = Use.ofJavaThread(infos[i].getThreadName());
                nanos.merge(use, times[i], Long::sum);
                known += times[i];
            }
        }
        if (Files.isDirectory(TASKS)) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                for (Path task : tasks) {
                    known += addMachineThread(task, nanos);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot list " + TASKS, e);
            }
        }
        nanos.merge(Use.OTHER, PROCESS.getProcessCpuTime() - known, Long::sum);
        return new ThreadTimes(nanos);
    }

    private static long addMachineThread(Path task, Map<Use, Long> nanos) {
        try {
            Use use = Use.ofMachineThread(Files.readString(task.resolve("comm")).strip());
            if (use == null) {
                return 0;
            }
            long time =
                    Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]);
            nanos.merge(use, time, Long::sum);
            return time;
        } catch (IOException e) {
            return 0; // it ended meanwhile, or this Linux keeps no such figures
        }
    }

    ThreadTimes since(ThreadTimes before) {
        Map<Use, Long> difference = new EnumMap<>(Use.class);
        nanos.forEach((use, time) -> difference.put(use, time - before.nanos.get(use)));
        return new ThreadTimes(difference);
    }
}
