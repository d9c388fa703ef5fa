package jp.hinomi.alerting.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down who looked at evidence, before it is shown: one row for each opening, and none for coming back to the same within ten
 * minutes, as every answer and every key press on the page does. Thread-safe.
 */
public final class EvidenceLooks {
    /** In the history of an alert looks are left out: it says what happened to the alert. */
    static final String ACTION = "evidence.seen";

    private static final Duration SAME = Duration.ofMinutes(10);

    /** Openings that are remembered; of the oldest a second row is written. Some 2 MB. */
    private static final int MOST = 10_000;

    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Map<String, Instant> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    public EvidenceLooks(AuditLog audit, TransactionTemplate transaction, InstantSource clock) {
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param as what was opened: {@code page}, {@code file}, {@code api}, {@code timeline}, {@code link}, {@code stakeholder} */
    public void seen(String actor, String object, String as) {
        seen(actor, object, Map.of("as", as));
    }

    /** One value, whole. @param event empty: a value of the alert itself */
    public void value(String actor, String object, String as, String event, String field) {
        seen(actor, object, Map.of("as", as, "event", event, "field", field));
    }

    /** The same with what it was that they saw, where that differs from reader to reader. */
    public void shown(String actor, String object, String as, Map<String, ?> what) {
        Map<String, Object> detail = new LinkedHashMap<>(what);
        detail.put("as", as);
        seen(actor, object, detail);
    }

    private void seen(String actor, String object, Map<String, ?> detail) {
        Instant now = clock.instant();
        String look = actor + '\n' + object + '\n' + new TreeMap<>(detail);
        synchronized (written) {
            Instant before = written.get(look);
            if (before != null && !now.isBefore(before) && now.isBefore(before.plus(SAME))) {
                return;
            }
        }
        transaction.executeWithoutResult(status -> audit.record(now, actor, ACTION, object, detail));
        synchronized (written) {
            written.remove(look);
            written.put(look, now);
        }
    }
}
