package jp.hinomi.alerting.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import jp.hinomi.alerting.DeliverySettings;
import jp.hinomi.alerting.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is due over one kind of channel. Any number may run, here and in other processes: each message is leased.
 * Thread-safe.
 */
public final class OutboxWorker {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);

    private final Outbox outbox;
    private final Transport transport;
    private final Digests digests;
    private final Outcomes outcomes;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DeliverySettings settings;
    private final Backoff backoff;
    private final InstantSource clock;
    private final String owner;

    public OutboxWorker(
            Outbox outbox,
            Transport transport,
            Digests digests,
            Outcomes outcomes,
            AuditLog audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DeliverySettings settings,
            InstantSource clock,
            String owner) {
        this.outbox = outbox;
        this.transport = transport;
        this.digests = digests;
        this.outcomes = outcomes;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.backoff = new Backoff(settings.firstRetry(), settings.longestRetry());
        this.clock = clock;
        this.owner = owner;
    }

    /**
     * Sends the next message. False if none is due.
     *
     * @param more called before it is sent, which may take long: there may be more to send
     */
    public boolean sendNext(Runnable more) {
        Optional<Leased> due =
                outbox.lease(transport.channelType(), owner, transport.atATime(), clock.instant(), settings.lease());
        if (due.isEmpty()) {
            return false;
        }
        more.run();
        Leased leased = due.get();
        long start = System.nanoTime();
        SendResult result;
        try {
            if (leased.isUnwrittenDigest()) {
                Optional<String> written = digests.write(leased, clock.instant());
                if (written.isEmpty()) {
                    return true;
                }
                leased = leased.withMessage(written.get());
            }
            result = transport.send(leased);
        } catch (DataAccessException | TransactionException e) {
            // The database, not the message: the lease ends, and it is sent again.
            throw e;
        } catch (RuntimeException e) {
            // A fault of ours: this message is tried again until its deadline, and keeps nothing behind it waiting.
            LOG.warn("Message {} over {} cannot be sent", leased.id(), leased.channelType(), e);
            result = new SendResult.Failed("a fault of Hinomi: " + e);
        }
        finish(leased, result, Duration.ofNanos(System.nanoTime() - start));
        return true;
    }

    private void finish(Leased leased, SendResult result, Duration latency) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            if (result instanceof SendResult.Sent) {
                boolean ours = outbox.finish(leased, "sent", null, now, now);
                record(leased, "sent", result.detail(), ours, latency, now);
                if (ours) {
                    // An event tells a program what the audit log says already: another row of it would say nothing.
                    if (!leased.isEvent()) {
                        done(leased, "delivery.sent", result.detail(), now);
                    }
                    outcomes.sent(leased, now);
                }
            } else if (result instanceof SendResult.Refused) {
                die(leased, "refused", result.detail(), result.detail(), latency, now);
            } else if (result instanceof SendResult.Failed failed) {
                Backoff.Next next = backoff.next(
                        leased.attempts(),
                        now,
                        leased.deadline(),
                        failed.retryAfter(),
                        ThreadLocalRandom.current().nextDouble());
                if (next instanceof Backoff.Next.TryAt retry) {
                    boolean ours = outbox.finish(leased, "pending", failed.detail(), retry.at(), now);
                    record(leased, "failed", failed.detail(), ours, latency, now);
                } else if (next instanceof Backoff.Next.GiveUp over) {
                    String reason = over.reason().in(leased.language()) + " " + failed.detail();
                    die(leased, "failed", failed.detail(), reason, latency, now);
                }
            }
        });
    }

    private void die(Leased leased, String result, String detail, String reason, Duration latency, Instant now) {
        boolean ours = outbox.finish(leased, "dead", reason, now, now);
        record(leased, result, detail, ours, latency, now);
        if (ours) {
            done(leased, "delivery.dead", reason, now);
            outcomes.dead(leased, reason, now);
        }
    }

    /** @param ours false if the lease was lost to another worker meanwhile, whose result counts */
    private void record(Leased leased, String result, String detail, boolean ours, Duration latency, Instant now) {
        outbox.addAttempt(leased, result, detail, !ours, latency, now);
        jdbc.sql("select pg_notify('hinomi_alert', coalesce(alert_id, '')) from delivery where id = :id")
                .param("id", leased.id())
                .query((row, number) -> 0)
                .list();
    }

    private void done(Leased leased, String action, String detail, Instant now) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contact", leased.contactId());
        facts.put("channel", leased.channelType());
        facts.put("address", leased.address());
        facts.put("attempts", leased.attempts());
        facts.put("detail", detail);
        audit.record(now, "system", action, "delivery:" + leased.id(), facts);
    }
}
