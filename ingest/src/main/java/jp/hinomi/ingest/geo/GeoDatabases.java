package jp.hinomi.ingest.geo;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Databases of addresses, there once per process for all who open the same files, and given up with the last of them. A
 * thread looks for newer versions. Thread-safe.
 */
public final class GeoDatabases implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Map<List<Path>, GeoDatabases> OPEN = new HashMap<>();

    private final List<Path> paths;
    private final List<GeoFile> files;
    private final CountDownLatch closing = new CountDownLatch(1);
    private int users;
    private volatile int version;

    private GeoDatabases(List<Path> paths) {
        this.paths = paths;
        this.files = paths.stream().map(GeoFile::new).toList();
    }

    /**
     * Opens them, or shares what is open; close it as often.
     *
     * @param paths what an earlier one says about an address goes before what later ones say
     * @throws UncheckedIOException if one cannot be used; the message says which, why and what to do
     */
    public static GeoDatabases open(List<Path> paths) {
        List<Path> key =
                paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        synchronized (OPEN) {
            GeoDatabases databases = OPEN.get(key);
            if (databases == null) {
                databases = new GeoDatabases(key);
                OPEN.put(key, databases);
                databases.watch();
            }
            databases.users++;
            return databases;
        }
    }

    /** @throws UncheckedIOException as {@link #open} */
    public static void check(List<Path> paths) {
        paths.forEach(GeoFile::new);
    }

    private void watch() {
        if (files.isEmpty()) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                            refresh();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "hinomi-geo");
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks for newer versions now; one is taken up when it has stayed the same since the last look. */
    void refresh() {
        boolean newer = false;
        for (GeoFile file : files) {
            newer |= file.refresh();
        }
        if (newer) {
            version++; // only one thread looks at a time that matters
        }
    }

    /** Changes with every newer version of a file. */
    int version() {
        return version;
    }

    GeoPlace find(InetAddress address) {
        GeoPlace place = GeoPlace.NOWHERE;
        for (GeoFile file : files) {
            place = place.or(file.find(address));
        }
        return place;
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(paths, this);
                closing.countDown();
            }
        }
    }
}
