package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.List;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the audit log for the eye. Thread-safe. */
public final class AuditQueries {
    public static final int PAGE = 100;

    private final JdbcClient jdbc;

    public AuditQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record Row(long seq, Instant at, String actor, String action, String object, String detail) {
        /** The alert that it is about, as an address; null if it is about something else. */
        public String alert() {
            return object.startsWith("alert:") ? object.substring("alert:".length()) : null;
        }
    }

    /** Newest first. @param words all of which occur in who, what, whereon or the detail @param before a number of a row */
    public List<Row> page(List<String> words, long before, int limit) {
        StringBuilder sql =
                new StringBuilder("select seq, at, actor, action, object, detail from audit_log where seq < :before");
        for (int i = 0; i < words.size(); i++) {
            sql.append(" and strpos(lower(actor || ' ' || action || ' ' || object || ' ' || detail), :word")
                    .append(i)
                    .append(") > 0");
        }
        sql.append(" order by seq desc limit :limit");
        JdbcClient.StatementSpec query =
                jdbc.sql(sql.toString()).param("before", before).param("limit", limit);
        for (int i = 0; i < words.size(); i++) {
            query = query.param("word" + i, Columns.text(words.get(i)));
        }
        return query.query((row, number) -> new Row(
                        row.getLong("seq"),
                        Columns.instant(row, "at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("object"),
                        row.getString("detail")))
                .list();
    }
}
