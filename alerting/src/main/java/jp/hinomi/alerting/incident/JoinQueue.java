package jp.hinomi.alerting.incident;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Alerts that are to be looked at: new ones, changed ones, and those that somebody made a part of an incident. Written in the
 * transaction of what happened to them, so none is forgotten. An alert may stand there twice: a row that is being worked on
 * says nothing of what came after. Thread-safe.
 */
public final class JoinQueue {
    private final JdbcClient jdbc;

    public JoinQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
