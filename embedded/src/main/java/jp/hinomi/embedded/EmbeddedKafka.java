package jp.hinomi.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real Kafka broker (KRaft, its own controller) in this process, listening on loopback. Its topics live in a folder
 * and are there again at the next start. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final KafkaRaftServer server;
    private final FolderLock lock;
    private final int port;
    private boolean closed;

    /**
     * @param folder for the data; created if missing
     * @param port to listen on; 0 for any free one
     */
    public record Settings(Path folder, int port) {
        public Settings {
            Objects.requireNonNull(folder, "folder");
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
        }
    }

    private EmbeddedKafka(KafkaRaftServer server, FolderLock lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it serves requests.
     *
     * @throws CannotStartException if the folder is in use or not writable, the port is taken, or the broker fails
     */
    public static EmbeddedKafka start(Settings settings) {
        Path folder = settings.folder().toAbsolutePath().normalize();
        if (settings.port() != 0) {
            Ports.requireFree("Kafka", settings.port());
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            int port = Ports.orFree(settings.port());
            KafkaRaftServer server = startServer(folder, port);
            return new EmbeddedKafka(server, lock, port);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static KafkaRaftServer startServer(Path folder, int port) {
        // The log directories must hold nothing but the broker's own files, so the lock stays outside.
        Path data = folder.resolve("data");
        Properties properties = KafkaProperties.of(data, port, Ports.freeBut(port));
        KafkaRaftServer server = null;
        try {
            format(data);
            server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return server;
        } catch (Exception e) {
            if (server != null) {
                server.shutdown();
            }
            throw new CannotStartException(
                    "the Kafka broker in " + folder + " did not start: " + e.getMessage()
                            + "; the log file has the details",
                    e);
        }
    }

    /** What {@code kafka-storage format} does; a folder that has been formatted is left as it is. */
    private static void format(Path data) throws Exception {
        Files.createDirectories(data);
        // Written last when formatting, so that a half-formatted folder is formatted again.
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(KafkaProperties.NODE)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.run();
    }

    /** {@code localhost:port}, for clients on this machine. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker in good order, but never waits longer than 20 seconds: what was written is safe by then. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Thread stopper = new Thread(server::shutdown, "kafka-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(STOP_WITHIN.toMillis());
            if (stopper.isAlive()) {
                LOG.warn(
                        "Kafka did not stop within {} s; it will check its files at the next start",
                        STOP_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.close();
    }
}
