package jp.hinomi.ingest.intel.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Brings the topic {@code threat-intel} up to date with a feed: writes what the topic does not have yet, and nothing else,
 * so that following it costs what changed. Not thread-safe; two at the same time for one feed undo each other's work.
 */
public final class IntelPublisher implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final String feed;
    private final boolean dryRun;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Present> present = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long written;
    private long unchanged;
    private long older;
    private long removed;

    /** What the topic has under an id: whose it is, and enough to know whether a new one is another. */
    private record Present(boolean ours, long fingerprint, long modified) {}

    /**
     * Reads what the topic has.
     *
     * @param dryRun whether only to count what would be written
     * @throws KafkaException if the broker does not answer or refuses
     */
    public IntelPublisher(String bootstrapServers, String feed, boolean dryRun) {
        this.bootstrapServers = bootstrapServers;
        this.feed = feed;
        this.dryRun = dryRun;
        TopicSetup.ensure(bootstrapServers, 1);
        IntelTopic.read(bootstrapServers, this::remember);
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "hinomi-intel");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 * 1024));
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(TopicSetup.MAX_MESSAGE_BYTES));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis() + 20));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis() / 2));
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void remember(String id, byte[] json) {
        if (json == null) {
            present.remove(id);
            return;
        }
        try {
            Indicator indicator = IndicatorJson.read(json);
            present.put(id, new Present(indicator.feed().equals(feed), fingerprint(json), indicator.modified()));
        } catch (EventFormatException e) {
            // Whatever it is, the next import of its id replaces it.
            present.remove(id);
        }
    }

    /** Writes the indicator, unless the topic has it, or has a newer one. */
    public void put(Indicator indicator) {
        String id = indicator.id();
        byte[] json = IndicatorJson.write(indicator);
        long fingerprint = fingerprint(json);
        Present before = present.get(id);
        seen.add(id);
        if (before != null && before.fingerprint() == fingerprint) {
            unchanged++;
        } else if (before != null && before.modified() > indicator.modified() && indicator.modified() != 0) {
            older++;
        } else if (before == null && indicator.revoked()) {
            unchanged++;
        } else {
            send(id, json);
            written++;
            present.put(id, new Present(true, fingerprint, indicator.modified()));
        }
    }

    /** Takes the indicator away, if the topic has it of this feed. */
    public void withdraw(String id) {
        Present before = present.get(id);
        if (before != null && before.ours()) {
            send(id, null);
            present.remove(id);
            removed++;
        }
    }

    /** Takes away what the topic has of the feed and {@link #put} was not called for. */
    public void removeOthers() {
        List<String> gone = new ArrayList<>();
        present.forEach((id, before) -> {
            if (before.ours() && !seen.contains(id)) {
                gone.add(id);
            }
        });
        gone.forEach(id -> {
            send(id, null);
            present.remove(id);
            removed++;
        });
    }

    /** Waits until everything so far is written. */
    public void settle() {
        producer.flush();
        check();
    }

    /** Begins a new round of {@link #removeOthers}, also after one that was cut off. */
    public void begin() {
        seen.clear();
    }

    /** As {@link #settle}, and begins a new round. */
    public void flush() {
        settle();
        begin();
    }

    private void send(String id, byte[] json) {
        check();
        if (dryRun) {
            return;
        }
        producer.send(
                new ProducerRecord<>(Topics.THREAT_INTEL, id.getBytes(StandardCharsets.UTF_8), json),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    private void check() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new KafkaException(
                    "cannot write to the topic '" + Topics.THREAT_INTEL + "' of " + bootstrapServers + ": "
                            + cause.getMessage(),
                    cause);
        }
    }

    private static long fingerprint(byte[] json) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public long written() {
        return written;
    }

    public long unchanged() {
        return unchanged;
    }

    /** How many were not written because the topic has a newer version. */
    public long older() {
        return older;
    }

    public long removed() {
        return removed;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
