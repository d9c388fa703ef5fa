package jp.hinomi.correlation.retro;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jp.hinomi.correlation.stage.RetroPass;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.intel.LookedUp;
import jp.hinomi.ingest.intel.feed.IntelTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic {@code threat-intel} from where the group of consumers stands, and looks what is new up in the topic
 * {@code events}. The group is moved on only when the broker has the alerts, so nothing is left out when this is killed;
 * what is then done again gives the same alerts. For one thread.
 */
public final class RetroReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetroReader.class);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** How much later an event may say that it happened than it was appended, generously. */
    private static final Duration AHEAD = Duration.ofHours(1);

    /** Indicators are gathered for so many times the time in which they settle, at most. */
    private static final int MOST_SETTLES = 6;

    /** How often a long pass says how far it is. */
    private static final long TELL_NANOS = Duration.ofSeconds(30).toNanos();

    /** The broker forgets the place of a group that is silent for days. */
    private static final long COMMIT_NANOS = Duration.ofHours(1).toNanos();

    private final RetroSettings settings;
    private final BooleanSupplier stopped;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LookedUp lookedUp = new LookedUp();
    private final Map<String, Indicator> batch = new LinkedHashMap<>();

    /** Of those in the batch that lapsed and hold again: up to when their events were told. */
    private final Map<String, Long> toldUntil = new HashMap<>();

    /** There is one: control topics keep one order. */
    private TopicPartition partition;

    private long committed;
    private long committedAt;
    private long batchFirst;
    private long batchBegan;
    private long lastCame;
    private int unusable;
    private long told;
    private long alerts;
    private long passes;

    /** @param stopped asked often: true ends what is under way with a {@link WakeupException} */
    public RetroReader(RetroSettings settings, BooleanSupplier stopped) {
        this.settings = settings;
        this.stopped = stopped;
        Properties consumption = new Properties();
        consumption.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        consumption.put(ConsumerConfig.CLIENT_ID_CONFIG, "hinomi-intel-retro");
        consumption.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        consumption.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumption.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumption.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumption.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumption.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        consumption.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(ANSWER.toMillis()));
        this.consumer = new KafkaConsumer<>(consumption, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Learns which indicators have been looked up already. */
    public void begin() {
        if (consumer.partitionsFor(Topics.THREAT_INTEL).isEmpty()) {
            throw new KafkaException("there is no topic '" + Topics.THREAT_INTEL + "'");
        }
        partition = new TopicPartition(Topics.THREAT_INTEL, 0);
        consumer.assign(List.of(partition));
        OffsetAndMetadata place = consumer.committed(Set.of(partition)).get(partition);
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        consumer.seekToBeginning(List.of(partition));
        // A place beyond the end is one of a topic that has been made anew since.
        committed = place == null || place.offset() > end ? consumer.position(partition) : place.offset();
        while (consumer.position(partition) < committed) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                if (record.offset() < committed) {
                    Indicator indicator = indicator(record);
                    if (indicator != null) {
                        lookedUp.isNews(indicator, record.timestamp());
                    }
                }
            }
        }
        consumer.seek(partition, committed);
        commit();
    }

    /** Reads on for a moment, and looks up in the past what has come if it is time. */
    public void step() {
        // A full batch settles like any other: until then nothing more is read.
        if (isFull()) {
            consumer.pause(List.of(partition));
        }
        for (ConsumerRecord<byte[], byte[]> record : poll()) {
            take(record);
        }
        if (batch.isEmpty()) {
            if (consumer.position(partition) > committed || System.nanoTime() - committedAt > COMMIT_NANOS) {
                commit();
            }
        } else if (System.nanoTime() - lastCame > settings.settle().toNanos()) {
            pass();
            consumer.resume(List.of(partition));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Indicator indicator = indicator(record);
        if (indicator == null) {
            return;
        }
        OptionalLong news = lookedUp.news(indicator, record.timestamp());
        if (news.isPresent()) {
            if (batch.isEmpty()) {
                batchFirst = committed;
                batchBegan = System.nanoTime();
            }
            boolean first = batch.put(indicator.id(), indicator) == null;
            if (news.getAsLong() == LookedUp.NEVER_TOLD) {
                toldUntil.remove(indicator.id());
            } else if (first) {
                toldUntil.put(indicator.id(), news.getAsLong());
            }
            lastCame = System.nanoTime();
        } else {
            // The same with another TLP, confidence or end: it is looked up as it is said last.
            batch.replace(indicator.id(), indicator);
        }
    }

    private boolean isFull() {
        return batch.size() >= settings.mostIndicators()
                || !batch.isEmpty()
                        && System.nanoTime() - batchBegan
                                > MOST_SETTLES * settings.settle().toNanos();
    }

    /** Until everything that the topic has now has been looked up; @return how many alerts that gave. */
    public long toTheEnd() {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long before = alerts;
        while (committed < end) {
            step();
        }
        return alerts - before;
    }

    /** How many walks through the past it took so far. */
    long passes() {
        return passes;
    }

    /** How many indicators are to be looked up. */
    int gathered() {
        return batch.size();
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        if (stopped.getAsBoolean()) {
            throw new WakeupException();
        }
        return consumer.poll(POLL);
    }

    /** Null if there is none, or none that can be read; the job says so in its log. */
    private Indicator indicator(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return null; // compaction needs keys, so the broker does not take such a record
        }
        if (record.value() == null) {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            takeOut(id);
            lookedUp.forget(id);
            return null;
        }
        try {
            Indicator indicator = IndicatorJson.read(record.value());
            if (indicator.revoked()) {
                takeOut(indicator.id());
            }
            return indicator;
        } catch (EventFormatException e) {
            return null;
        }
    }

    private void takeOut(String id) {
        batch.remove(id);
        toldUntil.remove(id);
    }

    private void pass() {
        long began = System.nanoTime();
        unusable = 0;
        RetroPass pass = new RetroPass(
                batch.values(),
                toldUntil,
                settings.city(),
                partition.topic() + "-" + partition.partition() + "-" + batchFirst);
        LOG.info("{} new indicators are looked up in the past", batch.size());
        told = began;
        long since = pass.earliest();
        if (since != Long.MAX_VALUE && events(pass, Math.max(0, since - AHEAD.toMillis())) == 0) {
            LOG.warn(
                    "The topic '{}' has no events since {}, so nothing could be looked up. If logs have come since then: does"
                            + " the job run with '--events false'? Then it writes none.",
                    Topics.EVENTS,
                    Instant.ofEpochMilli(since));
        }
        long written = new RetroAlertWriter(settings.bootstrapServers()).write(pass::takeAlerts);
        alerts += written;
        passes++;
        LOG.info(
                "{} new indicators looked up in {} events of the past in {} s: {} events had met one of them, {} alerts",
                batch.size(),
                pass.looked(),
                (System.nanoTime() - began) / 1_000_000_000,
                pass.matched(),
                written);
        batch.clear();
        toldUntil.clear();
        commit();
    }

    private long events(RetroPass pass, long since) {
        return IntelTopic.events(settings.bootstrapServers(), since, (place, json) -> look(pass, place, json));
    }

    private void look(RetroPass pass, String place, byte[] json) {
        if (stopped.getAsBoolean()) {
            throw new WakeupException();
        }
        SecurityEvent event;
        try {
            event = EventJson.read(json, place);
        } catch (EventFormatException e) {
            return; // somebody else writes to the topic
        }
        try {
            pass.look(event);
        } catch (RuntimeException e) {
            // Thrown on, it would keep all indicators from being looked up, again and again.
            if (++unusable == 1) {
                LOG.warn("The event {} of the past cannot be compared with indicators and is passed over.", place, e);
            }
        }
        if (System.nanoTime() - told > TELL_NANOS) {
            told = System.nanoTime();
            LOG.info(
                    "{} events of the past looked at, up to those of {}; {} have met one of the new indicators",
                    pass.looked(),
                    Instant.ofEpochMilli(event.timestampMillis()),
                    pass.matched());
        }
    }

    private void commit() {
        committed = consumer.position(partition);
        committedAt = System.nanoTime();
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(committed)));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
