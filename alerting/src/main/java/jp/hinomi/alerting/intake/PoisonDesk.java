package jp.hinomi.alerting.intake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.store.PoisonRecords.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do with records that could not be taken: try again, for instance after an update, or let them be. Thread-safe. */
public final class PoisonDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PoisonDesk.class);

    private final PoisonRecords records;
    private final AlertIntake intake;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public PoisonDesk(PoisonRecords records, AlertIntake intake, AuditLog audit, TransactionTemplate transaction) {
        this.records = records;
        this.intake = intake;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** What became of another attempt. */
    public sealed interface Outcome {
        record Taken() implements Outcome {}

        /** It is as unusable as before. */
        record StillUnusable(String reason) implements Outcome {}

        /** There is no such record, or somebody settled it meanwhile. */
        record Unknown() implements Outcome {}
    }

    /** @param actor for the audit log, such as {@code account:admin} */
    public Outcome retry(Place place, String actor, Instant now) {
        try {
            return transaction.execute(status -> {
                Optional<byte[]> value = records.lock(place);
                if (value.isEmpty()) {
                    return new Outcome.Unknown();
                }
                intake.take(value.get(), now);
                records.remove(place);
                audit.record(now, actor, "record.retried", "record:" + place, Map.of());
                return new Outcome.Taken();
            });
        } catch (DataAccessResourceFailureException e) {
            throw e; // the database is away: that says nothing about the record
        } catch (RuntimeException e) {
            LOG.warn("The record {} is still not usable", place, e);
            return new Outcome.StillUnusable(String.valueOf(e.getMessage()));
        }
    }

    /** False if there is no such record, or it was settled meanwhile. */
    public boolean dismiss(Place place, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean dismissed = records.dismiss(place, now);
            if (dismissed) {
                audit.record(now, actor, "record.dismissed", "record:" + place, Map.of());
            }
            return dismissed;
        }));
    }
}
