package jp.hinomi.alerting;

import java.time.Duration;
import jp.hinomi.alerting.ack.ShortLinks;
import jp.hinomi.alerting.store.SearchIndex;
import jp.hinomi.alerting.triage.BulkRunner;

/** Runs what triage leaves for later, on every instance. */
final class TriageLoops implements AutoCloseable {
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration SELDOM = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Loop bulk;
    private final Loop search;
    private final Loop links;

    TriageLoops(BulkRunner bulk, SearchIndex search, ShortLinks links) {
        this.bulk = new Loop("alerting-bulk", bulk::runSome, REST);
        this.search = new Loop("alerting-search", search::fillSome, SELDOM);
        this.links = new Loop("alerting-links", () -> links.forget() > 0, SELDOM);
    }

    void start() {
        bulk.start();
        search.start();
        links.start();
    }

    @Override
    public void close() {
        try {
            bulk.stop();
            search.stop();
            links.stop();
            bulk.awaitEnd(PATIENCE);
            search.awaitEnd(PATIENCE);
            links.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
