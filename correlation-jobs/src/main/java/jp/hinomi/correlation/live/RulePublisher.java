package jp.hinomi.correlation.live;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import jp.hinomi.events.Topics;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleReader;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the topic {@code rules} say what files say: writes the documents that differ, and a tombstone for each that is gone.
 * Stateless and thread-safe; two at the same time on one topic would undo each other's work.
 */
public final class RulePublisher {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private RulePublisher() {}

    /** What to do about documents with errors. */
    public enum Mode {
        /** Nothing is written as long as there is an error. */
        ALL_OR_NOTHING,
        /** A document with an error keeps the version that the topic has; the others are written. */
        KEEP_OLD,
        /** As {@link #ALL_OR_NOTHING}, but nothing is written at all. */
        COMPARE
    }

    /**
     * @param written keys of documents that were, or with {@link Mode#COMPARE} would be, written
     * @param removed keys of documents for which a tombstone was, or would be, written
     * @param unchanged how many documents were not written because the topic has them
     * @param problems of the files: errors and warnings
     */
    public record Outcome(List<String> written, List<String> removed, int unchanged, List<Problem> problems) {
        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }

        /** True if the topic then has no document at all. */
        public boolean isNothingLeft() {
            return written.isEmpty() && unchanged == 0;
        }
    }

    /**
     * @param levels how many levels of chained correlations the job can run
     * @throws KafkaException if the broker does not answer or refuses
     */
    public static Outcome publish(String bootstrapServers, List<Path> paths, int levels, Mode mode) {
        List<Problem> problems = new ArrayList<>();
        Map<String, RuleRecord> present;
        try (RuleTopic topic = new RuleTopic(bootstrapServers)) {
            topic.catchUp(TIMEOUT);
            present = topic.records();
        }
        Map<String, RuleRecord> wanted = wanted(paths, present, problems);
        RuleCheck check = RuleCheck.of(wanted.values(), levels);
        problems.addAll(check.problems());
        boolean errors = problems.stream().anyMatch(Problem::isError);
        if (errors && mode == Mode.KEEP_OLD) {
            wanted = RuleEdits.decide(
                            present,
                            wanted,
                            records -> RuleCheck.of(records, levels).errors())
                    .inForce();
        }
        Map<String, RuleRecord> changes = changes(present, wanted);
        if (mode == Mode.KEEP_OLD || (mode == Mode.ALL_OR_NOTHING && !errors)) {
            write(bootstrapServers, changes);
        }
        List<String> written = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        changes.forEach((key, record) -> (record == null ? removed : written).add(key));
        return new Outcome(written, removed, wanted.size() - written.size(), problems);
    }

    /** The documents of the files by key; of what cannot be read, what the topic has. */
    private static Map<String, RuleRecord> wanted(
            List<Path> paths, Map<String, RuleRecord> present, List<Problem> problems) {
        Map<String, RuleRecord> wanted = new LinkedHashMap<>();
        TreeSet<String> unreadable = new TreeSet<>();
        for (Path path : paths) {
            List<Problem> found = new ArrayList<>();
            List<Path> files = RuleReader.files(List.of(path), found::add);
            if (files.isEmpty()) {
                // An empty folder is rather one that is not mounted than a wish to go without rules.
                unreadable.add(path.toString());
                problems.addAll(found);
            }
            for (Path file : files) {
                for (RuleRecord record : RuleFiles.documents(file, problem -> {
                    unreadable.add(problem.file());
                    problems.add(problem);
                })) {
                    add(record, wanted, problems);
                }
            }
        }
        present.forEach((key, record) -> {
            if (!wanted.containsKey(key)
                    && unreadable.stream()
                            .anyMatch(place -> record.file().equals(place)
                                    || record.file().startsWith(place + java.io.File.separator))) {
                wanted.put(key, record);
            }
        });
        return wanted;
    }

    private static void add(RuleRecord record, Map<String, RuleRecord> wanted, List<Problem> problems) {
        RuleRecord first = wanted.putIfAbsent(record.key(), record);
        if (first != null) {
            problems.add(Problem.error(
                    new Location(record.file(), record.line(), 1),
                    "duplicate-id",
                    "the id '" + record.key() + "' is taken by " + first.file() + ":" + first.line(),
                    "give one of the two another; until then only the first is used"));
        }
    }

    /** What has to be written, by key; null for a tombstone. Removals last, so that nothing refers to them by then. */
    private static Map<String, RuleRecord> changes(Map<String, RuleRecord> present, Map<String, RuleRecord> wanted) {
        Map<String, RuleRecord> changes = new LinkedHashMap<>();
        wanted.forEach((key, record) -> {
            if (!record.equals(present.get(key))) {
                changes.put(key, record);
            }
        });
        present.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(key -> changes.put(key, null));
        return changes;
    }

    private static void write(String bootstrapServers, Map<String, RuleRecord> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "hinomi-rules");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis() + 5));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis() / 2));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            changes.forEach((key, record) -> sent.add(producer.send(record(key, record))));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot write to the topic '" + Topics.RULES + "' of " + bootstrapServers + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while rules were written", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, RuleRecord record) {
        ProducerRecord<byte[], byte[]> written = new ProducerRecord<>(
                Topics.RULES,
                key.getBytes(StandardCharsets.UTF_8),
                record == null ? null : record.text().getBytes(StandardCharsets.UTF_8));
        if (record != null) {
            written.headers()
                    .add(new RecordHeader(Topics.HEADER_FILE, record.file().getBytes(StandardCharsets.UTF_8)))
                    .add(new RecordHeader(
                            Topics.HEADER_LINE, Integer.toString(record.line()).getBytes(StandardCharsets.UTF_8)));
        }
        return written;
    }
}
