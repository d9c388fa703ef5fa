package jp.hinomi.alerting;

import java.time.Duration;
import jp.hinomi.alerting.store.SearchIndex;
import jp.hinomi.alerting.triage.BulkRunner;

/** Runs what triage leaves for later, on every instance. */
final class TriageLoops implements AutoCloseable {
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration SELDOM = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Loop bulk;
    private final Loop search;

    TriageLoops(BulkRunner bulk, SearchIndex search) {
        this.bulk = new Loop("alerting-bulk", bulk::runSome, REST);
        this.search = new Loop("alerting-search", search::fillSome, SELDOM);
    }

    void start() {
        bulk.start();
        search.start();
    }

    @Override
    public void close() {
        try {
            bulk.stop();
            search.stop();
            bulk.awaitEnd(PATIENCE);
            search.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
