package jp.hinomi.correlation.detect;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.correlation.job.EnrichmentSource;
import jp.hinomi.correlation.job.GeoSource;
import jp.hinomi.correlation.job.WorkspaceSource;
import jp.hinomi.correlation.stage.IntelEnricher;

/**
 * One run over files in this process: what its operators share with whoever started it. They find it by id, because
 * operators are copied as bytes even within a process.
 */
final class Run implements AutoCloseable {
    private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final FileRun of;
    private volatile long events;
    private volatile long rejected;
    private volatile long began;
    private volatile long ended;

    Run(FileRun of) {
        this.of = of;
        RUNS.put(id, this);
    }

    static Run of(String id) {
        Run run = RUNS.get(id);
        if (run == null) {
            throw new IllegalStateException("the run " + id + " has ended");
        }
        return run;
    }

    String id() {
        return id;
    }

    FileRun of() {
        return of;
    }

    /** Of one of its detections. */
    WorkspaceSource workspace(int detection) {
        String run = id;
        return () -> of(run).of.detections().get(detection).workspace();
    }

    EnrichmentSource enrichment() {
        String run = id;
        return EnrichmentSource.of(
                new GeoSource(of.geoip()),
                () -> new IntelEnricher(of(run).of.indicators().matcher())::apply);
    }

    MergedFiles open() {
        began = System.nanoTime();
        ended = began;
        return new MergedFiles(of.files(), of.wanted(), of.rejects());
    }

    void read(long eventsRead, long linesRejected) {
        events = eventsRead;
        rejected = linesRejected;
    }

    /** One of those that collect its alerts has them all. */
    void collected() {
        ended = System.nanoTime();
    }

    FileDetection.Counts counts() {
        return new FileDetection.Counts(events, rejected, Duration.ofNanos(ended - began));
    }

    @Override
    public void close() {
        RUNS.remove(id);
    }
}
