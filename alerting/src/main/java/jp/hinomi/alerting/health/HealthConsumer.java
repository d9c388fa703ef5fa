package jp.hinomi.alerting.health;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import jp.hinomi.alerting.settings.TopicReader;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the topics {@code source-health}, {@code rule-health}, {@code rules} and {@code rejects} into the database, each
 * partition on one instance. Offsets are committed after the transaction. What is not usable is logged and passed: it is
 * about health, and the topic still has it. One thread runs it, apart from the intake of alerts, which it never holds up.
 */
public final class HealthConsumer implements Runnable {
    public static final String GROUP = "hinomi-alerting-health";

    private static final Logger LOG = LoggerFactory.getLogger(HealthConsumer.class);

    /** Topics that are not there yet are no error, unlike with a subscription by name. */
    private static final Pattern TOPICS =
            Pattern.compile(String.join("|", Topics.SOURCE_HEALTH, Topics.RULE_HEALTH, Topics.RULES, Topics.REJECTS));

    private static final int BATCH = 500;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TRIM = Duration.ofMinutes(5);

    private final String bootstrapServers;
    private final HealthStore store;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private long trimmed = System.nanoTime();
    private volatile boolean stopping;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    public HealthConsumer(
            String bootstrapServers, HealthStore store, TransactionTemplate transaction, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Ends {@link #run} after the batch that is under way. */
    public void stop() {
        stopping = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            try (KafkaConsumer<byte[], byte[]> open =
                    new KafkaConsumer<>(TopicReader.settings(bootstrapServers, GROUP, BATCH))) {
                consumer = open;
                open.subscribe(TOPICS, new FromTheBeginning(open));
                while (!stopping) {
                    ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
                    if (!records.isEmpty()) {
                        takeAll(records);
                        open.commitSync();
                    }
                    trim();
                }
            } catch (WakeupException e) {
                LOG.debug("told to stop");
            } catch (KafkaException e) {
                LOG.warn("Reading health from {} failed, trying again: {}", bootstrapServers, e.getMessage());
                pause();
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("The database does not take health, trying again: {}", e.getMessage());
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    /** One transaction for all if all are well; else one for each, so that a bad one costs the others nothing. */
    private void takeAll(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        try {
            transaction.executeWithoutResult(status -> records.forEach(record -> store.take(record, clock.instant())));
        } catch (EventFormatException | DataIntegrityViolationException e) {
            LOG.debug("taking the records one by one", e);
            records.forEach(this::takeAlone);
        }
    }

    private void takeAlone(ConsumerRecord<byte[], byte[]> record) {
        try {
            transaction.executeWithoutResult(status -> store.take(record, clock.instant()));
        } catch (EventFormatException | DataIntegrityViolationException e) {
            LOG.warn(
                    "Record {}-{}-{} is passed over: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void trim() {
        if (System.nanoTime() - trimmed > TRIM.toNanos()) {
            trimmed = System.nanoTime();
            store.trim(clock.instant());
        }
    }

    /**
     * Compacted topics are read as a whole by whoever gets them: a database that was restored or emptied knows no less than the
     * topic then, and taking a record again changes nothing.
     */
    private record FromTheBeginning(KafkaConsumer<byte[], byte[]> consumer) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            List<TopicPartition> compacted = partitions.stream()
                    .filter(partition -> !partition.topic().equals(Topics.REJECTS))
                    .toList();
            if (!compacted.isEmpty()) { // nothing named would mean all
                consumer.seekToBeginning(compacted);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    private synchronized void pause() {
        try {
            if (!stopping) {
                wait(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}
