package jp.hinomi.correlation.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import jp.hinomi.events.Topics;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.ingest.kafka.TopicSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a publication and its documents to the topic {@code rules} in one transaction. Stateless and thread-safe. */
final class RuleWriter {
    /** With room for the headers. */
    private static final int MOST_BYTES = TopicSetup.MAX_MESSAGE_BYTES - 100_000;

    private RuleWriter() {}

    /**
     * @param changes by key; null = the document goes
     * @param lastLook throws if the changes do not fit the topic any more; nobody else can write to the pack after it
     * @throws KafkaException if the broker does not answer or refuses; then nobody sees any of it
     */
    static void write(
            String bootstrapServers,
            Map<String, RuleRecord> changes,
            Publication publication,
            Optional<SigningKey> key,
            Runnable lastLook) {
        List<ProducerRecord<byte[], byte[]>> records = records(changes, publication, key);
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, publication.pack())) {
            producer.initTransactions(); // ends what another publisher of the pack has begun, and shuts him out
            lastLook.run();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw failed(bootstrapServers, e.getCause());
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw e;
        } catch (PublishedMeanwhileException e) {
            throw e;
        } catch (KafkaException e) {
            throw failed(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while rules were written", e);
        }
    }

    /** The documents, and last who published them. */
    static List<ProducerRecord<byte[], byte[]>> records(
            Map<String, RuleRecord> changes, Publication publication, Optional<SigningKey> key) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        changes.forEach((document, record) -> records.add(record(document, record)));
        records.add(record(publication, key));
        return records;
    }

    private static KafkaException failed(String bootstrapServers, Throwable cause) {
        return new KafkaException(
                "cannot write to the topic '" + Topics.RULES + "' of " + bootstrapServers + ": " + cause.getMessage(),
                cause);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, String pack) {
        String timeout = Long.toString(RulePublisher.TIMEOUT.toMillis());
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "hinomi-rules");
        // Whoever publishes the same pack at the same time is shut out by the broker.
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "hinomi-rules-" + pack);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(TopicSetup.MAX_MESSAGE_BYTES));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(RulePublisher.TIMEOUT.toMillis() + 5));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(RulePublisher.TIMEOUT.toMillis() / 2));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(Publication publication, Optional<SigningKey> key) {
        byte[] value = PublicationJson.write(publication);
        if (value.length > MOST_BYTES) {
            throw new KafkaException("the pack '" + publication.pack() + "' has "
                    + publication.documents().size()
                    + " documents, more than one publication can name: make it several packs");
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.RULES, bytes(publication.key()), value);
        key.ifPresent(signing -> record.headers()
                .add(new RecordHeader(
                        Topics.HEADER_KEY, bytes(signing.verifying().id())))
                .add(new RecordHeader(Topics.HEADER_SIGNATURE, PublicationJson.sign(value, signing))));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record(String key, RuleRecord record) {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(Topics.RULES, bytes(key), record == null ? null : bytes(record.text()));
        if (record != null) {
            written.headers()
                    .add(new RecordHeader(Topics.HEADER_FILE, bytes(record.file())))
                    .add(new RecordHeader(Topics.HEADER_LINE, bytes(Integer.toString(record.line()))))
                    .add(new RecordHeader(Topics.HEADER_PACK, bytes(record.pack())));
        }
        return written;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
