package jp.hinomi.alerting.console;

import java.sql.Date;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.alerting.health.Reject;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads rejected records. Thread-safe. */
public final class RejectQueries {
    public static final int PAGE = 25;
    private static final int KINDS = 100;
    private static final int DAYS = 7;

    private final JdbcClient jdbc;

    public RejectQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What rejected records have in common. @param n of the last seven days */
    public record Kind(String source, String kind, long n, Instant last) {
        /** Sends all of this kind again, for a shell. */
        public String command() {
            return ReplayCommand.of(source, kind);
        }
    }

    /** The most frequent first. */
    public List<Kind> kinds(Instant now) {
        return jdbc.sql("""
                select source, kind, sum(n) as n, max(last) as last from reject_count where day > :after
                group by source, kind order by sum(n) desc, source, kind limit :limit""")
                .param(
                        "after",
                        Date.valueOf(now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(DAYS)))
                .param("limit", KINDS)
                .query((row, number) -> new Kind(
                        row.getString("source"), row.getString("kind"), row.getLong("n"), Columns.instant(row, "last")))
                .list();
    }

    /** The newest first. @param source absent = all @param kind absent = all @param skip so many of them */
    public List<Reject> newest(Optional<String> source, Optional<String> kind, int skip, int limit) {
        return jdbc.sql("""
                select * from reject where (:source = '' or source = :source) and (:kind = '' or kind = :kind)
                order by at desc, partition, record_offset desc offset :skip limit :limit""")
                .param("source", Columns.text(source.orElse("")))
                .param("kind", Columns.text(kind.orElse("")))
                .param("skip", skip)
                .param("limit", limit)
                .query((row, number) -> {
                    long at = row.getLong("byte_offset");
                    OptionalLong offset = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(at);
                    return new Reject(
                            row.getInt("partition"),
                            row.getLong("record_offset"),
                            Columns.instant(row, "at"),
                            row.getString("source"),
                            row.getString("decoder"),
                            row.getString("reason"),
                            row.getString("kind"),
                            Optional.ofNullable(row.getString("origin")),
                            offset,
                            row.getInt("size"),
                            row.getBytes("beginning"),
                            Optional.ofNullable(row.getString("replayed_from")));
                })
                .list();
    }
}
