package jp.hinomi.alerting.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.settings.TopicReader;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the topic of alerts. Offsets are committed only after the database transaction, so a record is taken at least once;
 * taking one again changes nothing. A record that is no alert is kept with its reason and passed; a database that is away
 * stops reading until it is back. One thread runs it.
 */
public final class AlertConsumer implements Runnable {
    /** Shared by all instances: each record is taken by one of them. */
    public static final String GROUP = "hinomi-alerting";

    private static final Logger LOG = LoggerFactory.getLogger(AlertConsumer.class);
    private static final int BATCH = 200;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Without a sign of life for so long an instance is taken for dead, and another reads in its place. Kafka's own 45 s are
     * long for a watchtower; below some 6 s brokers refuse, and a pause of the collector would look like death. Signs of life
     * come from a thread of their own, however long a batch takes. No static membership: with it, a dead instance would
     * still be waited for, and what helps only where each has a name that outlives it.
     */
    private static final Duration SESSION = Duration.ofSeconds(8);

    /** So long nothing may come before Kafka is asked whether it is there. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    /** So long it may take to answer. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final String bootstrapServers;
    private final AlertIntake intake;
    private final PoisonRecords poison;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Runnable afterBatch;
    private final AtomicReference<String> trouble = new AtomicReference<>("not started");
    private long lastHeard;
    private volatile boolean stopping;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /** @param afterBatch called when messages may have been added to the outbox */
    public AlertConsumer(
            String bootstrapServers,
            AlertIntake intake,
            PoisonRecords poison,
            TransactionTemplate transaction,
            InstantSource clock,
            Runnable afterBatch) {
        this.bootstrapServers = bootstrapServers;
        this.intake = intake;
        this.poison = poison;
        this.transaction = transaction;
        this.clock = clock;
        this.afterBatch = afterBatch;
    }

    /** Why no alerts are taken now; absent if they are. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Ends {@link #run} after the batch that is under way. */
    public void stop() {
        stopping = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            try (KafkaConsumer<byte[], byte[]> open = new KafkaConsumer<>(properties())) {
                consumer = open;
                open.subscribe(List.of(Topics.ALERTS));
                while (!stopping) {
                    ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
                    if (records.isEmpty()) {
                        probe(open);
                        continue;
                    }
                    heard();
                    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
                    records.forEach(all::add);
                    takeAll(all);
                    afterBatch.run();
                    open.commitSync();
                }
            } catch (WakeupException e) {
                LOG.debug("told to stop");
            } catch (KafkaException e) {
                trouble.set("Kafka: " + e.getMessage());
                LOG.warn("Reading alerts from {} failed, trying again: {}", bootstrapServers, e.getMessage());
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    /** Kafka answered. */
    private void heard() {
        lastHeard = System.nanoTime();
        trouble.set(null);
    }

    /**
     * Nothing came: because nothing was written, or because nobody is there any more, which a consumer does not say. So
     * from time to time something is asked that needs an answer.
     */
    private void probe(KafkaConsumer<byte[], byte[]> open) {
        if (trouble.get() == null && System.nanoTime() - lastHeard < QUIET.toNanos()) {
            return;
        }
        try {
            if (open.partitionsFor(Topics.ALERTS, ANSWER).isEmpty()) {
                trouble.set("Kafka: there is no topic " + Topics.ALERTS);
                return;
            }
            // Without a partition this instance stands by for the one that has it.
            open.endOffsets(open.assignment(), ANSWER);
            heard();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            if (trouble.getAndSet("Kafka: " + e.getMessage()) == null) {
                LOG.warn("Kafka at {} does not answer, no alerts are taken: {}", bootstrapServers, e.getMessage());
            }
        }
    }

    private Properties properties() {
        Properties properties = TopicReader.settings(bootstrapServers, GROUP, BATCH);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) SESSION.toMillis() / 4);
        return properties;
    }

    /**
     * One transaction for all if all are well; else one for each half, and so on, so that a bad record costs the others little
     * and holds none of them up.
     */
    private void takeAll(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.size() == 1) {
            takeAlone(records.get(0));
            return;
        }
        try {
            transaction.executeWithoutResult(status -> take(records));
        } catch (RuntimeException e) {
            LOG.debug("taking {} records in halves", records.size(), e);
            int half = records.size() / 2;
            takeAll(records.subList(0, half));
            takeAll(records.subList(half, records.size()));
        }
    }

    private void take(List<ConsumerRecord<byte[], byte[]>> records) {
        // A tombstone says nothing.
        List<byte[]> values = records.stream()
                .map(ConsumerRecord::value)
                .filter(Objects::nonNull)
                .toList();
        intake.takeAll(values, clock.instant());
    }

    private void takeAlone(ConsumerRecord<byte[], byte[]> record) {
        while (!stopping) {
            try {
                transaction.executeWithoutResult(status -> take(List.of(record)));
                return;
            } catch (EventFormatException | DataIntegrityViolationException e) {
                if (keep(record, e.getMessage())) {
                    return;
                }
            } catch (DataAccessException | TransactionException e) {
                wait(e);
            } catch (RuntimeException e) {
                // A fault of ours: this record waits in the table, visible, and the ones behind it go on.
                LOG.error(
                        "Record {}-{} of {} could not be taken",
                        record.partition(),
                        record.offset(),
                        record.topic(),
                        e);
                if (keep(record, e.toString())) {
                    return;
                }
            }
        }
        // Not taken and not committed: it is read again after the restart.
        throw new WakeupException();
    }

    private boolean keep(ConsumerRecord<byte[], byte[]> record, String reason) {
        try {
            LOG.warn(
                    "Record {}-{} of {} is not usable and was put aside: {}",
                    record.partition(),
                    record.offset(),
                    record.topic(),
                    reason);
            poison.add(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.key(),
                    record.value(),
                    String.valueOf(reason),
                    clock.instant());
            return true;
        } catch (DataAccessException e) {
            wait(e);
            return false;
        }
    }

    private void wait(RuntimeException cause) {
        trouble.set("database: " + cause.getMessage());
        LOG.warn("The database does not take alerts, trying again: {}", cause.getMessage());
        pause();
    }

    private void pause() {
        try {
            synchronized (this) {
                if (!stopping) {
                    wait(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}
