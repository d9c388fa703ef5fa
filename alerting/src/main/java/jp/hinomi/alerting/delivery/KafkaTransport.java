package jp.hinomi.alerting.delivery;

import java.io.IOException;
import java.io.Reader;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.hinomi.city.Channel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes to a stakeholder's own Kafka with an idempotent producer. Before the first record the cluster is asked for its
 * brokers, and each must be one that may be spoken to: a cluster names its brokers itself. Their names are looked up again
 * before each record; the client then looks them up once more on its own, which nothing here can see. Producers are kept, at most a few.
 * Thread-safe.
 */
final class KafkaTransport implements Transport, AutoCloseable {
    private static final int KEPT = 8;

    /** What a producer has and the question for the brokers has not. */
    private static final List<String> OURS = List.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);

    /** @param hosts its brokers when it was made: looked at again before each record */
    private record Kept(KafkaProducer<byte[], byte[]> producer, List<String> hosts) {}

    private final CheckedNames names;
    private final Channels channels;
    private final Duration timeout;
    private final Map<String, Kept> producers = new LinkedHashMap<>(16, 0.75f, true);

    KafkaTransport(EgressGuard guard, Channels channels, Duration timeout) {
        this.names = new CheckedNames(guard);
        this.channels = channels;
        this.timeout = timeout;
    }

    @Override
    public String channelType() {
        return "kafka";
    }

    /** In the order in which they were written. */
    @Override
    public int atATime() {
        return 1;
    }

    @Override
    public SendResult send(Leased message) {
        Channels.Lookup<Channel.Kafka> lookup = channels.find(message, Channel.Kafka.class);
        if (lookup instanceof Channels.Lookup.Missing<Channel.Kafka> missing) {
            return new SendResult.Refused(missing.reason());
        }
        Channel.Kafka channel = ((Channels.Lookup.Found<Channel.Kafka>) lookup).channel();
        try {
            RecordMetadata written =
                    producer(channel).send(record(channel, message)).get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
            return new SendResult.Sent(
                    "written to " + written.topic() + "-" + written.partition() + " at " + written.offset());
        } catch (CheckedNames.Refused e) {
            return new SendResult.Refused(e.getMessage());
        } catch (UnknownHostException e) {
            return new SendResult.Failed("the name " + e.getMessage() + " leads nowhere");
        } catch (ExecutionException e) {
            return failure(channel, e.getCause());
        } catch (IOException | KafkaException e) {
            return failure(channel, e);
        } catch (TimeoutException e) {
            drop(channel);
            return new SendResult.Failed("Kafka did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendResult.Failed("stopped while waiting for an answer");
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Channel.Kafka channel, Leased message) {
        byte[] key = message.alertId().orElse("").getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                channel.topic(), key, message.message().orElseThrow().getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add("hinomi-delivery", Idempotency.key(message).getBytes(StandardCharsets.US_ASCII))
                .add("content-type", "application/json".getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    private SendResult failure(Channel.Kafka channel, Throwable cause) {
        drop(channel);
        String words = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        if (cause instanceof ConfigException || cause instanceof IOException) {
            // Not its words: the file holds passwords.
            return new SendResult.Refused("the settings in "
                    + channel.properties().orElse("stakeholders.yaml") + " do not work ("
                    + cause.getClass().getSimpleName() + "): correct them, then retry");
        }
        return cause instanceof AuthenticationException
                        || cause instanceof AuthorizationException
                        || cause instanceof RecordTooLargeException
                        || cause instanceof InvalidTopicException
                ? new SendResult.Refused(words)
                : new SendResult.Failed(words);
    }

    private KafkaProducer<byte[], byte[]> producer(Channel.Kafka channel)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        Kept known;
        synchronized (producers) {
            known = producers.get(name(channel));
        }
        if (known != null) {
            try {
                for (String host : known.hosts()) {
                    names.check(host);
                }
            } catch (CheckedNames.Refused e) {
                drop(channel);
                throw e;
            }
            return known.producer();
        }
        Properties properties = properties(channel);
        List<String> hosts = checkBrokers(channel, properties);
        KafkaProducer<byte[], byte[]> made =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        synchronized (producers) {
            Kept before = producers.put(name(channel), new Kept(made, hosts));
            if (before != null) {
                before.producer().close(Duration.ZERO);
            }
            Iterator<Kept> eldest = producers.values().iterator();
            while (producers.size() > KEPT) {
                eldest.next().producer().close(Duration.ZERO);
                eldest.remove();
            }
        }
        return made;
    }

    private List<String> checkBrokers(Channel.Kafka channel, Properties properties)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        Set<String> hosts = new LinkedHashSet<>();
        for (String server : channel.bootstrap().split(",")) {
            String host = server.substring(0, server.lastIndexOf(':'));
            String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            names.check(name);
            hosts.add(name);
        }
        Properties asking = new Properties();
        asking.putAll(properties);
        for (String ours : OURS) {
            asking.remove(ours);
        }
        asking.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
        asking.put("default.api.timeout.ms", Long.toString(timeout.toMillis()));
        try (Admin admin = Admin.create(asking)) {
            for (Node node : admin.describeCluster().nodes().get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                names.check(node.host());
                hosts.add(node.host());
            }
        }
        return List.copyOf(hosts);
    }

    private Properties properties(Channel.Kafka channel) throws IOException {
        Properties properties = new Properties();
        if (channel.properties().isPresent()) {
            Path file = Path.of(channel.properties().get().substring("file:".length()));
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            } catch (IllegalArgumentException e) {
                throw new IOException(e);
            }
        }
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, channel.bootstrap());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "hinomi");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(timeout.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis() * 2));
        return properties;
    }

    private static String name(Channel.Kafka channel) {
        return channel.bootstrap() + " " + channel.properties().orElse("");
    }

    /** The next attempt begins anew: with the settings as they are then, and with the brokers as they are then. */
    private void drop(Channel.Kafka channel) {
        synchronized (producers) {
            Kept known = producers.remove(name(channel));
            if (known != null) {
                known.producer().close(Duration.ZERO);
            }
        }
    }

    @Override
    public void close() {
        synchronized (producers) {
            producers.values().forEach(kept -> kept.producer().close(Duration.ofSeconds(1)));
            producers.clear();
        }
    }
}
