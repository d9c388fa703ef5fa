package jp.hinomi.alerting.incident;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Alerts that are to be looked at: new ones, changed ones, and those that somebody made a part of an incident. Written in the
 * transaction of what happened to them, so none is forgotten. An alert may stand there twice: a row that is being worked on
 * says nothing of what came after. Thread-safe.
 */
public final class JoinQueue {
    /** Alerts that fail so often are set aside, until somebody has them looked at again. */
    public static final int ATTEMPTS = 5;

    private final JdbcClient jdbc;

    public JoinQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Has those that were set aside looked at again; how many they are. */
    public int again() {
        return jdbc.sql("update join_queue set attempts = 0, failure = null where attempts >= :attempts")
                .param("attempts", ATTEMPTS)
                .update();
    }

    /** In one statement, however many. */
    public void add(Collection<String> alertIds) {
        if (!alertIds.isEmpty()) {
            jdbc.sql("insert into join_queue (alert_id) select unnest(cast(:ids as text[]))")
                    .param("ids", alertIds.toArray(String[]::new))
                    .update();
        }
    }
}
