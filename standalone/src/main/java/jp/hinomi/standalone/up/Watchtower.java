package jp.hinomi.standalone.up;

import java.time.Duration;
import java.util.Optional;
import jp.hinomi.alerting.RunningAlerting;
import jp.hinomi.correlation.cluster.LocalCluster;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.embedded.EmbeddedKafka;
import jp.hinomi.embedded.FolderLock;
import jp.hinomi.embedded.PostgresServer;
import jp.hinomi.ingest.receive.Receivers;
import jp.hinomi.ingest.receive.Way;

/** Everything that runs on this machine for a city. Made by {@link WatchtowerStart}. Thread-safe. */
public final class Watchtower implements AutoCloseable {
    private final UpSettings settings;
    private final WatchtowerStart.Parts parts;
    private final FolderLock lock;
    private final String ingestToken;

    Watchtower(UpSettings settings, WatchtowerStart.Parts parts, FolderLock lock, String ingestToken) {
        this.settings = settings;
        this.parts = parts;
        this.lock = lock;
        this.ingestToken = ingestToken;
    }

    public Addresses addresses() {
        return new Addresses(
                parts.alerting.publicUrl(),
                parts.kafka.bootstrapServers(),
                parts.receivers.port(Way.SYSLOG_UDP),
                parts.receivers.port(Way.SYSLOG_TCP),
                parts.receivers.port(Way.SYSLOG_TLS),
                parts.receivers.port(Way.RELP),
                parts.receivers.port(Way.RELP_TLS),
                parts.receivers.port(Way.HTTP),
                parts.flink.rest());
    }

    public RunningJob job() {
        return parts.job;
    }

    /** What became of the newest change of the rules' files; each is given once. */
    public Optional<RulePublisher.Outcome> ruleNews() {
        return Optional.ofNullable(parts.ruleNews.poll());
    }

    /** True if no rule was in force when everything was ready. */
    public boolean beganWithoutRules() {
        return parts.withoutRules;
    }

    /** Bearer token of {@code POST /ingest/{source}}. */
    public String ingestToken() {
        return ingestToken;
    }

    /** Present only if this start made one: see {@link #initialAdminPasswordShown}. */
    public Optional<String> initialAdminPassword() {
        return parts.alerting.initialAdminPassword();
    }

    /** It was printed; until somebody says so, each start makes another. */
    public void initialAdminPasswordShown() {
        parts.alerting.initialAdminPasswordShown();
    }

    public UpSettings settings() {
        return settings;
    }

    /** From the outside in: first nothing new comes in, then what is under way ends, then what it needed. */
    @Override
    public void close() {
        stop(parts);
        lock.close();
    }

    static void stop(WatchtowerStart.Parts parts) {
        Receivers receivers = parts.receivers;
        LocalCluster flink = parts.flink;
        RunningAlerting alerting = parts.alerting;
        EmbeddedKafka kafka = parts.kafka;
        PostgresServer postgres = parts.postgres;
        new Stopping()
                .then("rules", parts.rules, Duration.ofSeconds(6))
                .then("intel", parts.retro, Duration.ofSeconds(10))
                .then("receivers", receivers, Duration.ofSeconds(12))
                .then("flink", flink, Duration.ofSeconds(25))
                .then("alerting", alerting, Duration.ofSeconds(20))
                .then("kafka", kafka, Duration.ofSeconds(25))
                .then("postgresql", postgres, Duration.ofSeconds(30))
                .run();
    }
}
