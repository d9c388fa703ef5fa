package jp.hinomi.alerting.live;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<SseEmitter> browsers = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public LiveUpdates(AlertingSettings.Database database) {
        this.database = database;
    }

    public SseEmitter subscribe() {
        SseEmitter browser = new SseEmitter(0L);
        browser.onCompletion(() -> browsers.remove(browser));
        browser.onError(error -> browsers.remove(browser));
        browsers.add(browser);
        send(browser, SseEmitter.event().name("ready").data("").reconnectTime(2000));
        return browser;
    }

    public void stop() {
        stopping = true;
        for (SseEmitter browser : browsers) {
            try {
                browser.complete();
            } catch (IllegalStateException e) {
                LOG.debug("a browser was gone already", e);
            }
        }
    }

    @Override
    public void run() {
        boolean first = true;
        while (!stopping) {
            try (Connection connection =
                            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("listen hinomi_alert");
                if (!first) {
                    // What happened while nobody listened is not known: browsers look for themselves.
                    browsers.forEach(browser ->
                            send(browser, SseEmitter.event().name("resync").data("")));
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
                java.util.Arrays.stream(notifications)
                        .map(PGNotification::getParameter)
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .forEach(this::changed);
            }
            if (System.nanoTime() - lastBeat > HEARTBEAT_NANOS) {
                lastBeat = System.nanoTime();
                browsers.forEach(browser -> send(browser, SseEmitter.event().comment("")));
            }
        }
    }

    private void changed(String alertId) {
        browsers.forEach(
                browser -> send(browser, SseEmitter.event().name("alert").data(alertId)));
    }

    private void send(SseEmitter browser, SseEmitter.SseEventBuilder event) {
        try {
            browser.send(event);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a browser has gone", e);
            browsers.remove(browser);
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
