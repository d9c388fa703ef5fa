package jp.hinomi.alerting.live;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.hinomi.alerting.AlertingSettings;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open browsers which alerts have changed, whichever instance changed them: PostgreSQL's LISTEN/NOTIFY in,
 * server-sent events out. One thread runs it; {@link #subscribe} is thread-safe.
 */
public final class LiveUpdates implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);
    private static final int WAIT_MILLIS = 1000;

    /** Comments keep proxies from closing a quiet stream and find browsers that have gone. */
    private static final long HEARTBEAT_NANOS = 15_000_000_000L;

    private final AlertingSettings.Database database;
    private final Runnable mapChanged;
    private final UnaryOperator<Set<String>> sessionsGoingOn;
    private final Browsers browsers = new Browsers();
    private volatile boolean stopping;

    /**
     * @param mapChanged told when another version of the responsibility map may be in force
     * @param sessionsGoingOn says which of some sessions are not over
     */
    public LiveUpdates(
            AlertingSettings.Database database, Runnable mapChanged, UnaryOperator<Set<String>> sessionsGoingOn) {
        this.database = database;
        this.sessionsGoingOn = sessionsGoingOn;
        this.mapChanged = mapChanged;
    }

    /**
     * A new browser's stream; empty if there are too many already.
     *
     * @param session with whose end the stream ends
     */
    public Optional<SseEmitter> subscribe(String session) {
        Optional<SseEmitter> browser = browsers.open(session);
        browser.ifPresent(emitter -> browsers.send(
                emitter, () -> SseEmitter.event().name("ready").data("").reconnectTime(2000)));
        return browser;
    }

    public void stop() {
        stopping = true;
        browsers.closeAll();
    }

    @Override
    public void run() {
        boolean first = true;
        while (!stopping) {
            try (Connection connection =
                            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("listen hinomi_alert");
                statement.execute("listen hinomi_map");
                statement.execute("listen hinomi_session");
                if (!first) {
                    // What happened while nobody listened is not known: browsers look for themselves.
                    browsers.sendAll(() -> SseEmitter.event().name("resync").data(""));
                }
                first = false;
                listen(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                if (!stopping) {
                    LOG.warn("Live updates are off until the database answers: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        long lastBeat = System.nanoTime();
        while (!stopping) {
            PGNotification[] notifications = connection.getNotifications(WAIT_MILLIS);
            if (notifications != null) {
                if (java.util.Arrays.stream(notifications)
                        .anyMatch(each -> each.getName().equals("hinomi_map"))) {
                    followMap();
                }
                if (java.util.Arrays.stream(notifications)
                        .anyMatch(each -> each.getName().equals("hinomi_session"))) {
                    endStreams();
                }
                java.util.Arrays.stream(notifications)
                        .filter(each -> each.getName().equals("hinomi_alert"))
                        .map(PGNotification::getParameter)
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .forEach(browsers::changed);
            }
            if (System.nanoTime() - lastBeat > HEARTBEAT_NANOS) {
                lastBeat = System.nanoTime();
                browsers.sendAll(() -> SseEmitter.event().comment(""));
                // Some sessions end by nothing but time.
                endStreams();
            }
        }
    }

    private void endStreams() {
        try {
            browsers.keepOnly(sessionsGoingOn);
        } catch (RuntimeException e) {
            LOG.warn("Whose streams are to end cannot be told yet: {}", e.getMessage());
        }
    }

    /** What fails here is tried again by the loop that looks every few seconds. */
    private void followMap() {
        try {
            mapChanged.run();
        } catch (RuntimeException e) {
            LOG.warn("Another version of the responsibility map cannot be put in force yet: {}", e.getMessage());
        }
    }

    private void pause() {
        try {
            synchronized (this) {
                wait(WAIT_MILLIS);
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}
