package jp.hinomi.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** Configuration of a broker that is its own controller and shares a small machine with everything else. */
final class KafkaProperties {
    static final int NODE = 1;

    /** A log line of a few MiB must fit into a record, with its headers. */
    private static final int LARGEST_RECORD = 5 * 1024 * 1024;

    private KafkaProperties() {}

    static Properties of(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "BROKER://localhost:" + port);
        properties.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "BROKER");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", folder.toString());

        // The broker's clock is the reference for the clocks of all sources.
        properties.put("log.message.timestamp.type", "LogAppendTime");
        properties.put("message.max.bytes", Integer.toString(LARGEST_RECORD));
        properties.put("replica.fetch.max.bytes", Integer.toString(LARGEST_RECORD));
        // A misspelt topic must be an error at its writer, not a topic that nobody reads.
        properties.put("auto.create.topics.enable", "false");

        // No replica has what this machine's memory loses when the power goes: at most so much is not on the disk.
        properties.put("log.flush.interval.ms", "1000");
        properties.put("log.flush.scheduler.interval.ms", "500");

        // One broker: nothing is replicated, and one partition of each internal topic is enough.
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // Consumers need not wait for others to join their group.
        properties.put("group.initial.rebalance.delay.ms", "0");

        // After a crash the controller refuses the new broker until the old one's session has run out.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");

        // Memory and threads for two cores. The default buffer of the log cleaner alone is 128 MiB.
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        properties.put("log.cleaner.io.buffer.size", Integer.toString(LARGEST_RECORD + 64 * 1024));
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("num.replica.fetchers", "1");
        properties.put("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
        properties.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        properties.put("metadata.log.segment.bytes", Integer.toString(16 * 1024 * 1024));
        properties.put("metadata.max.retention.bytes", Integer.toString(64 * 1024 * 1024));
        return properties;
    }
}
