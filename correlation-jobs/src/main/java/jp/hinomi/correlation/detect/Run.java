package jp.hinomi.correlation.detect;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.correlation.job.EnrichmentSource;
import jp.hinomi.correlation.job.GeoSource;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.correlation.job.WorkspaceSource;
import jp.hinomi.correlation.stage.IntelEnricher;
import jp.hinomi.events.Alert;
import jp.hinomi.ingest.intel.IntelIndex;

/**
 * One detection run in this process: what its operators share with whoever started it. They find it by id, because
 * operators are copied as bytes even within a process.
 */
final class Run implements AutoCloseable {
    private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Workspace workspace;
    private final List<Path> geoip;
    private final IntelIndex indicators;
    private final List<LogFile> files;
    private final Consumer<RejectedLine> rejects;
    private final Map<String, Alert> newest = new HashMap<>();
    private volatile long events;
    private volatile long rejected;

    Run(
            Workspace workspace,
            List<Path> geoip,
            IntelIndex indicators,
            List<LogFile> files,
            Consumer<RejectedLine> rejects) {
        this.workspace = workspace;
        this.geoip = geoip;
        this.indicators = indicators;
        this.files = files;
        this.rejects = rejects;
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

    WorkspaceSource workspaceSource() {
        String run = id;
        return () -> of(run).workspace;
    }

    EnrichmentSource enrichmentSource() {
        String run = id;
        return EnrichmentSource.of(
                new GeoSource(geoip), () -> new IntelEnricher(of(run).indicators.matcher())::apply);
    }

    MergedFiles open() {
        return new MergedFiles(files, rejects);
    }

    void read(long eventsRead, long linesRejected) {
        events = eventsRead;
        rejected = linesRejected;
    }

    /** Keeps the highest revision; between equal ones, which two events of one id may give, the earlier. */
    synchronized void collect(Alert alert) {
        newest.merge(alert.id(), alert, (kept, next) -> {
            if (next.revision() != kept.revision()) {
                return next.revision() > kept.revision() ? next : kept;
            }
            return next.time() < kept.time() ? next : kept;
        });
    }

    synchronized List<Alert> alerts() {
        return newest.values().stream().sorted(AlertOrder.BY_TIME_RULE_GROUP).toList();
    }

    long events() {
        return events;
    }

    long rejected() {
        return rejected;
    }

    @Override
    public void close() {
        RUNS.remove(id);
    }
}
