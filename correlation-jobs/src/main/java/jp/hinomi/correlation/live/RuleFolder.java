package jp.hinomi.correlation.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jp.hinomi.rules.RuleReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the topic {@code rules} in step with files and folders, by looking at their content again and again: that works on
 * every file system, network mounts and bind mounts included. A thread of its own.
 */
public final class RuleFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);

    private final String bootstrapServers;
    private final Pack pack;
    private final int levels;
    private final Author author;
    private final Consumer<RulePublisher.Outcome> told;
    private final ScheduledExecutorService clock;
    private String published;
    private String seen;
    private boolean failing;

    private RuleFolder(
            String bootstrapServers,
            Pack pack,
            int levels,
            Author author,
            String published,
            Consumer<RulePublisher.Outcome> told) {
        this.bootstrapServers = bootstrapServers;
        this.pack = pack;
        this.levels = levels;
        this.author = author;
        this.published = published;
        this.told = told;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hinomi-rule-folder");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Publishes what the files say now, then follows them. Nothing is tested: whoever saves a file here tries it out.
     *
     * @param levels how many levels of chained correlations the job can run
     * @param every between two looks; a change is published when two looks see the same, so that no half-written file is
     * @param told after each publication, the first included; called from the follower's thread, but for the first
     * @throws org.apache.kafka.common.KafkaException if the first publication fails
     */
    public static RuleFolder follow(
            String bootstrapServers,
            Pack pack,
            int levels,
            Author author,
            Duration every,
            Consumer<RulePublisher.Outcome> told) {
        RuleFolder folder = new RuleFolder(bootstrapServers, pack, levels, author, content(pack.paths()), told);
        told.accept(folder.publish());
        folder.clock.scheduleWithFixedDelay(folder::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return folder;
    }

    private RulePublisher.Outcome publish() {
        return RulePublisher.publish(
                bootstrapServers, pack, levels, RulePublisher.Mode.KEEP_OLD, author, RulePublisher.Gate.OPEN);
    }

    private void look() {
        try {
            String now = content(pack.paths());
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(published)) {
                told.accept(publish());
                published = now;
                failing = false;
            }
        } catch (RuntimeException e) {
            // The broker may be away for a while; each look tries again, and one line says so.
            if (!failing && !clock.isShutdown()) {
                failing = true;
                LOG.warn("Cannot publish the rules of {}; the job goes on with those it has.", pack.paths(), e);
            }
        }
    }

    /** A hash over names and content of all rule files; a file that goes away meanwhile counts as absent. */
    private static String content(List<Path> paths) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : RuleReader.files(paths, problem -> {})) {
                digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                try {
                    byte[] bytes = Files.readAllBytes(file);
                    digest.update((":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                } catch (NoSuchFileException e) {
                    digest.update((byte) 0);
                } catch (IOException e) {
                    digest.update((byte) 1); // publishing says what is wrong
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
