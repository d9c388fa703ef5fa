package jp.hinomi.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that Hinomi's processes agree on, and puts right the settings that correctness depends on where a
 * topic exists already (made by hand, or by a broker that creates topics on first use). Doing it twice changes nothing.
 */
public final class TopicSetup {
    /** Longest record that any topic takes, in bytes: twice the longest line, with room for headers. */
    public static final int MAX_MESSAGE_BYTES = 5 * 1024 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private TopicSetup() {}

    /**
     * @param partitionsPerLogTopic at least; a topic that has more keeps them
     * @throws KafkaException if the broker does not answer within a minute or refuses
     */
    public static void ensure(String bootstrapServers, int partitionsPerLogTopic) {
        if (partitionsPerLogTopic < 1) {
            throw new IllegalArgumentException("a topic needs at least one partition, not " + partitionsPerLogTopic);
        }
        Properties settings = new Properties();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        try (Admin admin = Admin.create(settings)) {
            Map<String, Map<String, String>> topics = topics();
            create(admin, topics, partitionsPerLogTopic);
            grow(admin, partitionsPerLogTopic);
            configure(admin, topics);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot set up the topics on " + bootstrapServers + ": "
                            + e.getCause().getMessage()
                            + " (is that address a Kafka broker, and may we create topics?)",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while setting up topics", e);
        }
    }

    private static Map<String, Map<String, String>> topics() {
        Map<String, String> base = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        Map<String, String> logs = with(base, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        Map<String, String> compacted =
                with(base, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        Map<String, Map<String, String>> topics = new LinkedHashMap<>();
        Topics.LOGS.forEach(topic -> topics.put(topic, logs));
        topics.put(Topics.REJECTS, base);
        topics.put(Topics.REJECTS_REPLAYED, compacted);
        topics.put(Topics.EVENTS, base);
        // Alerts are few and dear: each is on the disk before it is acknowledged, so that no power cut makes the broker
        // give its offset to another, which a consumer that was further already would pass over.
        topics.put(Topics.ALERTS, with(base, TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, "1"));
        topics.put(Topics.SOURCE_HEALTH, compacted);
        topics.put(Topics.RULES, compacted);
        topics.put(Topics.RULE_HEALTH, compacted);
        topics.put(Topics.THREAT_INTEL, compacted);
        topics.put(Topics.CITY, compacted);
        return topics;
    }

    private static Map<String, String> with(Map<String, String> base, String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(base);
        all.put(key, value);
        return Map.copyOf(all);
    }

    private static void create(Admin admin, Map<String, Map<String, String>> topics, int partitions)
            throws ExecutionException, InterruptedException {
        var existing = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        topics.forEach((name, config) -> {
            if (!existing.contains(name)) {
                missing.add(new NewTopic(name, Optional.of(partitionsOf(name, partitions)), Optional.empty())
                        .configs(config));
            }
        });
        for (var created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                // Another process of ours may set up the same topics at this moment.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** Only logs and what is derived from them record by record have several partitions; control topics keep one order. */
    private static int partitionsOf(String topic, int partitionsPerLogTopic) {
        return Topics.LOGS.contains(topic) || topic.equals(Topics.EVENTS) ? partitionsPerLogTopic : 1;
    }

    private static void grow(Admin admin, int partitions) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            Map<String, NewPartitions> more = new LinkedHashMap<>();
            described(admin).forEach((name, topic) -> {
                if (topic.partitions().size() < partitions) {
                    more.put(name, NewPartitions.increaseTo(partitions));
                }
            });
            if (more.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("the broker does not show the partitions of " + more.keySet()
                        + " after a minute: look at its log");
            }
            for (var grown : admin.createPartitions(more).values().values()) {
                try {
                    grown.get();
                } catch (ExecutionException e) {
                    // The broker may describe a topic as it was before somebody, perhaps we, made it grow.
                    if (!(e.getCause() instanceof InvalidPartitionsException)) {
                        throw e;
                    }
                }
            }
            Thread.sleep(50);
        }
    }

    /** The logs as the broker shows them; a topic that was created a moment ago may take some time to be known. */
    private static Map<String, TopicDescription> described(Admin admin)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return admin.describeTopics(Topics.LOGS).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static void configure(Admin admin, Map<String, Map<String, String>> topics)
            throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = topics.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var present = admin.describeConfigs(resources).all().get();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        for (ConfigResource resource : resources) {
            List<AlterConfigOp> wrong = new ArrayList<>();
            topics.get(resource.name()).forEach((key, value) -> {
                ConfigEntry entry = present.get(resource).get(key);
                if (entry == null || !satisfies(key, entry.value(), value)) {
                    wrong.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
                }
            });
            if (!wrong.isEmpty()) {
                changes.put(resource, wrong);
            }
        }
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static boolean satisfies(String key, String present, String wanted) {
        if (key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)) {
            return Long.parseLong(present) >= Long.parseLong(wanted);
        }
        return wanted.equals(present);
    }
}
