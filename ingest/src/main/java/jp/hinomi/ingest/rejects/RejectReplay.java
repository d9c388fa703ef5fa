package jp.hinomi.ingest.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.ProducerSettings;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.ingest.receive.SenderLookup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Sends rejected records again, after whatever refused them has been mended: the original bytes with the original headers
 * into the topic of logs where they belong, each once. What has been sent is noted in {@link Topics#REJECTS_REPLAYED};
 * a crash between sending and noting is found out by the header {@code replayed-from}. Not thread-safe.
 */
public final class RejectReplay implements AutoCloseable {
    private static final int BATCH = 500;
    private static final long BUFFER_BYTES = 64L << 20;
    private static final Duration OTHERS_TURN = Duration.ofSeconds(30);

    /** Why a record is not sent again. */
    public enum Skip {
        /** It has been already. */
        REPLAYED,
        /** Only its beginning is there. */
        CUT,
        /** Nobody knows its source still. */
        NO_SOURCE
    }

    /** @param topics how many records go to each topic */
    public record Plan(List<Reject> rejects, Map<String, Integer> topics, Map<Skip, Integer> skipped) {}

    /** Hears how many records are stored. */
    public interface Progress {
        void at(int sent, int total);
    }

    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicScan scan;
    private final City city;
    private final SenderLookup senders;
    private final Clock clock;
    private final String run = UUID.randomUUID().toString();

    public RejectReplay(String bootstrapServers, City city, Clock clock) {
        TopicSetup.ensure(bootstrapServers, 1);
        this.city = city;
        this.senders = new SenderLookup(city);
        this.clock = clock;
        var settings = ProducerSettings.of(bootstrapServers, BUFFER_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
        this.producer = new KafkaProducer<>(settings);
        this.scan = new TopicScan(bootstrapServers);
    }

    /** What would be sent, in the order in which it was rejected. */
    public Plan plan(RejectFilter filter, int limit) {
        return plan(filter.sinceMillis(), filter::accepts, limit);
    }

    /** The same of the records that somebody else judges. @param sinceMillis rejected at or after that time */
    public Plan plan(long sinceMillis, Predicate<Reject> which, int limit) {
        settleEarlier();
        Set<String> replayed = Rejects.replayed(scan);
        List<Reject> chosen = new ArrayList<>();
        Map<String, Integer> topics = new TreeMap<>();
        Map<Skip, Integer> skipped = new EnumMap<>(Skip.class);
        scan.read(Topics.REJECTS, sinceMillis, record -> {
            Reject reject = new Reject(record);
            if (record.value() == null || !which.test(reject) || chosen.size() >= limit) {
                return;
            }
            Optional<ProducerRecord<byte[], byte[]>> again = again(reject);
            if (replayed.contains(reject.id())) {
                skipped.merge(Skip.REPLAYED, 1, Integer::sum);
            } else if (reject.isCut()) {
                skipped.merge(Skip.CUT, 1, Integer::sum);
            } else if (again.isEmpty()) {
                skipped.merge(Skip.NO_SOURCE, 1, Integer::sum);
            } else {
                chosen.add(reject);
                topics.merge(again.get().topic(), 1, Integer::sum);
            }
        });
        return new Plan(chosen, topics, skipped);
    }

    /** @throws KafkaException if Kafka does not take a record; what was sent by then is noted */
    public int send(Plan plan, Progress progress) {
        int sent = 0;
        for (int from = 0; from < plan.rejects().size(); from += BATCH) {
            List<Reject> batch =
                    plan.rejects().subList(from, Math.min(plan.rejects().size(), from + BATCH));
            note(Intent.KEY, new Intent(run, scan.ends(Topics.LOGS)).bytes());
            if (intent().filter(open -> open.run().equals(run)).isEmpty()) {
                throw new KafkaException("somebody else sends rejected records again at this moment: try again later");
            }
            Map<Reject, Future<?>> under = new LinkedHashMap<>();
            batch.forEach(
                    reject -> under.put(reject, producer.send(again(reject).orElseThrow())));
            under.values().forEach(RejectReplay::await);
            List<Future<?>> notes = new ArrayList<>();
            batch.forEach(reject -> notes.add(producer.send(note(reject.id()))));
            notes.forEach(RejectReplay::await);
            sent += batch.size();
            progress.at(sent, plan.rejects().size());
        }
        note(Intent.KEY, null);
        return sent;
    }

    /** Notes what an earlier run sent and could not note. */
    private void settleEarlier() {
        Optional<ConsumerRecord<byte[], byte[]>> open = openIntent();
        if (open.isEmpty()) {
            return;
        }
        if (clock.millis() - open.get().timestamp() < OTHERS_TURN.toMillis()) {
            throw new KafkaException("rejected records are being sent again at this moment, or that was broken off less"
                    + " than " + OTHERS_TURN.toSeconds() + " s ago: try again later");
        }
        Set<String> found = new HashSet<>();
        scan.read(Intent.read(open.get().value()).ends(), record -> {
            Header from = record.headers().lastHeader(Topics.HEADER_REPLAYED_FROM);
            if (from != null) {
                found.add(new String(from.value(), UTF_8));
            }
        });
        List<Future<?>> notes = new ArrayList<>();
        found.forEach(id -> notes.add(producer.send(note(id))));
        notes.forEach(RejectReplay::await);
        note(Intent.KEY, null);
    }

    private Optional<Intent> intent() {
        return openIntent().map(record -> Intent.read(record.value()));
    }

    private Optional<ConsumerRecord<byte[], byte[]>> openIntent() {
        List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>(1);
        scan.read(Topics.REJECTS_REPLAYED, 0, record -> {
            if (record.key() != null && new String(record.key(), UTF_8).equals(Intent.KEY)) {
                last.clear();
                last.add(record);
            }
        });
        return last.stream().filter(record -> record.value() != null).findFirst();
    }

    private Optional<ProducerRecord<byte[], byte[]>> again(Reject reject) {
        Headers headers = reject.originalHeaders();
        headers.add(Topics.HEADER_REPLAYED_FROM, reject.id().getBytes(UTF_8));
        Optional<String> topic = reject.origin().flatMap(RejectReplay::topicOf);
        if (topic.isPresent()) {
            return Optional.of(
                    new ProducerRecord<>(topic.get(), null, reject.record().key(), reject.line(), headers));
        }
        Optional<Source> source = reject.source()
                .map(id -> city.sources().get(id))
                .or(() -> senders.of(
                        reject.line(), reject.header(Topics.HEADER_PEER).orElse(null), reject.millis()));
        return source.map(known -> {
            byte[] id = known.id().getBytes(UTF_8);
            headers.remove(Topics.HEADER_SOURCE);
            headers.add(Topics.HEADER_SOURCE, id);
            return new ProducerRecord<>(known.topic(), null, id, reject.line(), headers);
        });
    }

    /** {@code logs.city-os} of {@code logs.city-os-0-17}. */
    private static Optional<String> topicOf(String origin) {
        int offset = origin.lastIndexOf('-');
        int partition = offset < 0 ? -1 : origin.lastIndexOf('-', offset - 1);
        return partition < 0
                ? Optional.empty()
                : Optional.of(origin.substring(0, partition)).filter(Topics.LOGS::contains);
    }

    private static ProducerRecord<byte[], byte[]> note(String id) {
        return new ProducerRecord<>(Topics.REJECTS_REPLAYED, id.getBytes(UTF_8), new byte[] {'1'});
    }

    private void note(String key, byte[] value) {
        await(producer.send(new ProducerRecord<>(Topics.REJECTS_REPLAYED, key.getBytes(UTF_8), value)));
    }

    private static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "Kafka does not take a record: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        scan.close();
        producer.close(Duration.ofSeconds(5));
    }
}
